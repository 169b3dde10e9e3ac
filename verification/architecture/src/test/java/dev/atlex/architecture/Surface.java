package dev.atlex.architecture;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.lang.module.ModuleFinder;
import java.lang.module.ModuleReader;
import java.lang.reflect.AnnotatedType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.TypeVariable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * A module's API as text: the public types of its exported packages, with their public and protected members and nullness
 * annotations.
 */
final class Surface {
    private static final int SHOWN =
            Modifier.PUBLIC | Modifier.PROTECTED | Modifier.STATIC | Modifier.FINAL | Modifier.ABSTRACT;

    private Surface() {}

    static String of(ModuleDescriptor module, Path location) throws IOException {
        Set<String> exported = Modules.exports(module);
        StringBuilder text = new StringBuilder();
        for (Class<?> type : types(location)) {
            if (exported.contains(type.getPackageName()) && isVisible(type)) {
                append(type, text);
            }
        }
        return text.toString();
    }

    private static List<Class<?>> types(Path location) throws IOException {
        List<Class<?>> types = new ArrayList<>();
        try (ModuleReader reader =
                        ModuleFinder.of(location).findAll().iterator().next().open();
                Stream<String> names = reader.list()) {
            for (String name : (Iterable<String>) names.sorted()::iterator) {
                if (name.endsWith(".class") && !name.endsWith("-info.class") && !name.startsWith("META-INF/")) {
                    String type = name.substring(0, name.length() - 6).replace('/', '.');
                    types.add(Class.forName(type, false, Surface.class.getClassLoader()));
                }
            }
        } catch (ClassNotFoundException e) {
            throw new IllegalStateException(e);
        }
        return types;
    }

    /** Returns whether a type and all of its enclosing types are public or protected. */
    private static boolean isVisible(Class<?> type) {
        if (type.isAnonymousClass() || type.isLocalClass()) {
            return false;
        }
        Class<?> outer = type.getDeclaringClass();
        return isShown(type.getModifiers()) && (outer == null || isVisible(outer));
    }

    private static boolean isShown(int modifiers) {
        return (modifiers & (Modifier.PUBLIC | Modifier.PROTECTED)) != 0;
    }

    private static void append(Class<?> type, StringBuilder text) {
        String kind = type.isAnnotation() ? "@interface" : type.isInterface() ? "interface" : kindOfClass(type);
        text.append(modifiers(type.getModifiers() & (type.isInterface() ? ~Modifier.ABSTRACT : -1)))
                .append(type.isSealed() ? "sealed " : "")
                .append(kind)
                .append(' ')
                .append(type.getName())
                .append(variables(type.getTypeParameters()));
        AnnotatedType parent = type.getAnnotatedSuperclass();
        if (parent != null && parent.getType() != Object.class && !type.isEnum() && !type.isRecord()) {
            text.append(" extends ").append(name(parent));
        }
        if (type.getInterfaces().length > 0) {
            text.append(type.isInterface() ? " extends " : " implements ")
                    .append(Arrays.stream(type.getAnnotatedInterfaces())
                            .map(Surface::name)
                            .collect(Collectors.joining(", ")));
        }
        text.append('\n');
        Set<String> members = new TreeSet<>();
        addMembers(type, type, members);
        // Members inherited from an invisible superclass are part of this type.
        for (Class<?> above = type.getSuperclass();
                above != null && above.getName().startsWith("dev.atlex.") && !isVisible(above);
                above = above.getSuperclass()) {
            addMembers(type, above, members);
        }
        members.forEach(member -> text.append("    ").append(member).append('\n'));
        text.append('\n');
    }

    private static void addMembers(Class<?> type, Class<?> declaring, Set<String> members) {
        boolean extensible = !Modifier.isFinal(type.getModifiers()) && !type.isInterface();
        for (Field field : declaring.getDeclaredFields()) {
            if (isShown(field, field.getModifiers(), extensible)) {
                members.add(modifiers(field.getModifiers()) + name(field.getAnnotatedType()) + " " + field.getName());
            }
        }
        for (Constructor<?> one : declaring == type ? type.getDeclaredConstructors() : new Constructor<?>[0]) {
            if (isShown(one, one.getModifiers(), extensible)) {
                members.add(modifiers(one.getModifiers()) + "new" + parameters(one));
            }
        }
        for (Method method : declaring.getDeclaredMethods()) {
            if (!method.isBridge() && isShown(method, method.getModifiers(), extensible) && !isImplied(type, method)) {
                int shown = type.isInterface() ? ~Modifier.ABSTRACT : -1;
                members.add((method.isDefault() ? "default " : "")
                        + modifiers(method.getModifiers() & shown)
                        + variables(method.getTypeParameters())
                        + name(method.getAnnotatedReturnType())
                        + " " + method.getName() + parameters(method));
            }
        }
    }

    private static String kindOfClass(Class<?> type) {
        return type.isEnum() ? "enum" : type.isRecord() ? "record" : "class";
    }

    private static boolean isShown(java.lang.reflect.Member member, int modifiers, boolean extensible) {
        return !member.isSynthetic() && (Modifier.isPublic(modifiers) || extensible && Modifier.isProtected(modifiers));
    }

    /** Every type has equals, hashCode and toString, and every enum has values and valueOf. */
    private static boolean isImplied(Class<?> type, Method method) {
        String name = method.getName();
        if (type.isEnum()) {
            return name.equals("values") || name.equals("valueOf");
        }
        return name.equals("equals") && method.getParameterCount() == 1
                || method.getParameterCount() == 0 && (name.equals("hashCode") || name.equals("toString"));
    }

    private static String modifiers(int modifiers) {
        String text = Modifier.toString(modifiers & SHOWN & ~Modifier.PUBLIC);
        return text.isEmpty() ? "" : text + " ";
    }

    private static String parameters(Executable executable) {
        String parameters = Arrays.stream(executable.getAnnotatedParameterTypes())
                .map(Surface::name)
                .collect(Collectors.joining(", ", "(", ")"));
        return executable.isVarArgs() ? parameters.replaceAll("\\[]\\)$", "...)") : parameters;
    }

    private static String variables(TypeVariable<?>[] variables) {
        if (variables.length == 0) {
            return "";
        }
        return Arrays.stream(variables)
                .map(variable -> {
                    String bounds = Arrays.stream(variable.getAnnotatedBounds())
                            .map(Surface::name)
                            .filter(bound -> !bound.equals("Object"))
                            .collect(Collectors.joining(" & "));
                    return bounds.isEmpty() ? variable.getName() : variable.getName() + " extends " + bounds;
                })
                .collect(Collectors.joining(", ", "<", "> "));
    }

    /** Returns a simple name, but keeps the package of internal types to expose them. JDKs print annotations differently. */
    private static String name(AnnotatedType type) {
        return type.toString()
                .replaceAll("@org\\.jspecify\\.annotations\\.Nullable(\\(\\))?", "@Nullable")
                .replaceAll("\\b(?![\\w.]*\\.internal\\.)(?:[a-z]\\w*\\.)+(?=[A-Z])", "")
                .replace('$', '.');
    }
}
