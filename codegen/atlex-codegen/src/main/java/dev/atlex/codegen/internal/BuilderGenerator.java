package dev.atlex.codegen.internal;

import com.palantir.javapoet.ArrayTypeName;
import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import com.palantir.javapoet.WildcardTypeName;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexValue;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.syntax.Datetime;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** Generates the builder for an object. */
final class BuilderGenerator {
    private static final ClassName STRING = ClassName.get(String.class);
    private static final ClassName DATETIME = ClassName.get(Datetime.class);
    private static final ClassName ANY_VALUE = ClassName.get(LexValue.class);

    private final ClassName name;
    private final ClassName builder;

    BuilderGenerator(ClassName name, ClassName builder) {
        this.name = name;
        this.builder = builder;
    }

    TypeSpec generate(List<Property> properties) {
        TypeSpec.Builder type = TypeSpec.classBuilder(builder)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .superclass(ParameterizedTypeName.get(ClassName.get(ObjectBuilder.class), name, builder))
                .addJavadoc("Builds {@link $T}.\n", name);
        properties.forEach(property -> type.addField(field(property)));
        type.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
        MethodSpec.Builder copy = MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(name, "from")
                .addStatement("super(from)");
        properties.forEach(
                property -> copy.addStatement("this.$N = from.$N", property.variable(), property.variable()));
        type.addMethod(copy.build());
        for (Property property : properties) {
            type.addMethod(setter(property));
            overloads(property).forEach(type::addMethod);
        }
        return type.addMethod(build(properties)).build();
    }

    /**
     * Returns a property's field. A required nullable property is initialized with its default, because callers may set
     * it to null. Private fields have no nullness annotations, which would only enlarge class files.
     */
    private static FieldSpec field(Property property) {
        FieldSpec.Builder field = FieldSpec.builder(property.type().boxed(), property.variable(), Modifier.PRIVATE);
        CodeBlock fallback = property.defaultValue();
        if (fallback != null && property.required() && property.nullable()) {
            field.initializer(fallback);
        }
        return field.build();
    }

    /** Returns the main setter. It takes any collection for a list, and null to unset an optional property. */
    private MethodSpec setter(Property property) {
        String variable = property.variable();
        MethodSpec.Builder setter = MethodSpec.methodBuilder(property.id())
                .addJavadoc(Javadocs.setter(property))
                .addModifiers(Modifier.PUBLIC)
                .returns(builder)
                .addParameter(parameterType(property), variable);
        deprecate(setter, property);
        int depth = lists(property.type());
        if (depth == 0) {
            setter.addStatement("this.$N = $N", variable, variable);
        } else if (depth == 1) {
            setter.addStatement("this.$N = $T.copy($N)", variable, ListRule.class, variable);
        } else {
            setter.addStatement("this.$N = $N == null ? null : $L", variable, variable, copy(variable, depth));
        }
        if (property.threeStates()) {
            setter.addStatement("explicitNull($L, $N)", Literals.of(property.name()), variable);
        }
        return setter.addStatement("return this").build();
    }

    private static TypeName parameterType(Property property) {
        TypeName type = property.type().declared();
        ValueType item = property.type().item();
        if (item != null && item.item() == null) {
            TypeName element = item.boxed();
            boolean isFinal = element.isBoxedPrimitive() || element.equals(STRING);
            type = ParameterizedTypeName.get(
                    ClassName.get(Collection.class), isFinal ? element : WildcardTypeName.subtypeOf(element));
        }
        return property.always() ? type : type.box().annotated(Property.NULLABLE);
    }

    /** Returns the other ways to set a property: strings to parse, an {@code Instant}, an {@code int}, varargs. */
    private List<MethodSpec> overloads(Property property) {
        List<MethodSpec> overloads = new ArrayList<>();
        ValueType type = property.type();
        ValueType item = type.item();
        String name = property.variable();
        if (type.parses()) {
            overloads.add(parsing(
                    property,
                    TypeName.get(String.class),
                    "a string",
                    CodeBlock.of("$T.of($N)", type.declared(), name)));
        }
        if (type.declared().equals(DATETIME)) {
            overloads.add(overload(
                    property,
                    TypeName.get(Instant.class),
                    CodeBlock.of(" to an instant, truncated to milliseconds."),
                    CodeBlock.of("$T.of($N)", DATETIME, name)));
        } else if (type.declared().equals(TypeName.LONG) && !property.primitive()) {
            overloads.add(
                    overload(property, TypeName.LONG, CodeBlock.of("."), CodeBlock.of("($T) $N", Long.class, name)));
        } else if (item != null && item.item() == null && !item.declared().equals(ANY_VALUE)) {
            boolean longs = item.declared().equals(TypeName.LONG);
            overloads.add(overload(
                    property,
                    ArrayTypeName.of(longs ? TypeName.LONG : item.boxed()),
                    CodeBlock.of(" to these elements."),
                    CodeBlock.of("$T.of($N)", longs ? ListRule.class : List.class, name)));
            if (item.format() != null) {
                overloads.add(parsing(
                        property,
                        ArrayTypeName.of(String.class),
                        "strings",
                        CodeBlock.of("$L.parse($N)", item.format(), name)));
            }
        }
        return overloads;
    }

    private MethodSpec parsing(Property property, TypeName parameter, String what, CodeBlock value) {
        CodeBlock doc = CodeBlock.of(
                " by parsing $L.\n\n@throws $T if the syntax is invalid", what, InvalidSyntaxException.class);
        return overload(property, parameter, doc, value);
    }

    private MethodSpec overload(Property property, TypeName parameter, CodeBlock doc, CodeBlock value) {
        MethodSpec.Builder setter = MethodSpec.methodBuilder(property.id())
                .addJavadoc(Javadocs.of(property.text(), CodeBlock.of("Sets $L$L", Markup.code(property.name()), doc)))
                .addModifiers(Modifier.PUBLIC)
                .returns(builder)
                .addParameter(parameter, property.variable())
                .varargs(parameter instanceof ArrayTypeName)
                .addStatement("return $N($L)", property.id(), value);
        return deprecate(setter, property).build();
    }

    private static MethodSpec.Builder deprecate(MethodSpec.Builder method, Property property) {
        return property.text().isDeprecated() ? method.addAnnotation(Deprecated.class) : method;
    }

    /** Returns the number of nested lists. */
    private static int lists(ValueType type) {
        return type.item() == null ? 0 : 1 + lists(type.item());
    }

    /** Returns an expression for an unmodifiable copy of a list and of the lists in it. */
    private static CodeBlock copy(String list, int depth) {
        if (depth == 2) {
            return CodeBlock.of("$N.stream().map($T::copyOf).toList()", list, List.class);
        }
        // This name can't clash, because an underscore in a property's name isn't part of its variable's name.
        String inner = "inner_" + depth;
        return CodeBlock.of("$N.stream().map($N -> $L).toList()", list, inner, copy(inner, depth - 1));
    }

    private MethodSpec build(List<Property> properties) {
        if (Property.tooManyForParameters(properties)) {
            return wideBuild(properties);
        }
        Stream<CodeBlock> arguments = properties.stream().map(property -> {
            CodeBlock fallback = property.defaultValue();
            if (!property.always()) {
                return CodeBlock.of("$N", property.variable());
            } else if (fallback != null) {
                return CodeBlock.of("$N == null ? $L : $N", property.variable(), fallback, property.variable());
            }
            return CodeBlock.of("required($N, $L, CODEC.type())", property.variable(), Literals.of(property.name()));
        });
        return MethodSpec.methodBuilder("build")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(name)
                .addStatement(
                        "return new $T($L)",
                        name,
                        CodeBlock.join(
                                Stream.concat(arguments, Stream.of(CodeBlock.of("extra()")))
                                        .toList(),
                                ",$W"))
                .build();
    }

    private MethodSpec wideBuild(List<Property> properties) {
        MethodSpec.Builder build = MethodSpec.methodBuilder("build")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(name);
        for (Property property : properties) {
            if (property.always() && property.defaultValue() == null) {
                build.addStatement("required($N, $L, CODEC.type())", property.variable(), Literals.of(property.name()));
            }
        }
        return build.addStatement("return new $T(this, extra())", name).build();
    }
}
