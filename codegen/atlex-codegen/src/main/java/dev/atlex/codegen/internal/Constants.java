package dev.atlex.codegen.internal;

import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.TypeSpec;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import javax.lang.model.element.Modifier;

/**
 * Adds the string constants of a class: tokens, known values, errors. They aren't an enum, because any other string is
 * allowed too.
 */
final class Constants {
    /** Constants that generated classes always declare. */
    static final Set<String> RESERVED = Set.of("TYPE", "CODEC", "RECORD", "NSID", "QUERY", "PROCEDURE", "SUBSCRIPTION");

    private final TypeSpec.Builder type;
    private final Predicate<String> isClass;
    private final Set<String> taken = new HashSet<>(RESERVED);

    /** @param isClass a test whether a constant with this name would hide a class */
    Constants(TypeSpec.Builder type, Predicate<String> isClass) {
        this.type = type;
        this.isClass = isClass;
        type.build().fieldSpecs().forEach(field -> taken.add(field.name()));
    }

    /** Adds a constant, and returns its name: the given one, with underscores appended until it is free. */
    String add(String name, String value, String what, Text text) {
        String free = name;
        while (isClass.test(free) || !taken.add(free)) {
            free += "_";
        }
        FieldSpec.Builder field = FieldSpec.builder(
                        String.class, free, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(Javadocs.of(text, what))
                .initializer(Literals.of(value));
        if (text.isDeprecated()) {
            field.addAnnotation(Deprecated.class);
        }
        type.addField(field.build());
        return free;
    }

    /**
     * Adds a constant for each known value of a string. If the short name is taken, the long one is used.
     *
     * @param text a function that returns the text for a value
     */
    void addKnownValues(String of, List<String> values, Function<String, Text> text) {
        String prefix = Names.constant(of) + "_";
        for (String value : values) {
            String name = prefix + Names.constant(value);
            if (taken.contains(name)) {
                name = prefix + Names.longConstant(value);
            }
            add(name, value, "A known value of " + Markup.code(of) + ".", text.apply(value));
        }
    }
}
