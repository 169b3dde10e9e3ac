package dev.atlex.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.atlex.schema.ObjectBuilder;
import java.util.List;
import java.util.stream.Stream;
import javax.lang.model.element.Modifier;

/** The builder of an object. */
final class BuilderGenerator {
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
                .addJavadoc("Makes {@link $T}.\n", name);
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
            if (property.type().parses()) {
                type.addMethod(parsingSetter(property));
            }
        }
        return type.addMethod(build(properties)).build();
    }

    /** One that may be null and is required starts with its default, as null would be a value of its own. */
    private static FieldSpec field(Property property) {
        FieldSpec.Builder field = FieldSpec.builder(property.nullableType(), property.variable(), Modifier.PRIVATE);
        CodeBlock fallback = property.defaultValue();
        if (fallback != null && property.required() && property.nullable()) {
            field.initializer(fallback);
        }
        return field.build();
    }

    private MethodSpec setter(Property property) {
        MethodSpec.Builder setter = MethodSpec.methodBuilder(property.id())
                .addJavadoc(Javadocs.of(property))
                .addModifiers(Modifier.PUBLIC)
                .returns(builder)
                .addParameter(
                        property.always() ? property.type().declared() : property.nullableType(), property.variable());
        String variable = property.variable();
        int depth = lists(property.type().declared());
        if (depth == 0) {
            setter.addStatement("this.$N = $N", variable, variable);
        } else if (property.always()) {
            setter.addStatement("this.$N = $L", variable, copy(variable, depth));
        } else {
            setter.addStatement("this.$N = $N == null ? null : $L", variable, variable, copy(variable, depth));
        }
        if (property.threeStates()) {
            setter.addStatement("explicitNull($L, $N)", Literals.of(property.name()), variable);
        }
        return setter.addStatement("return this").build();
    }

    /** How many lists are nested. */
    private static int lists(TypeName type) {
        return type instanceof ParameterizedTypeName list
                ? 1 + lists(list.typeArguments().get(0))
                : 0;
    }

    /** An unmodifiable copy of a list, and of the lists in it. */
    private static CodeBlock copy(String list, int depth) {
        if (depth == 1) {
            return CodeBlock.of("$T.copyOf($N)", List.class, list);
        } else if (depth == 2) {
            return CodeBlock.of("$N.stream().map($T::copyOf).toList()", list, List.class);
        }
        // An underscore is in no property's name.
        String inner = "inner_" + depth;
        return CodeBlock.of("$N.stream().map($N -> $L).toList()", list, inner, copy(inner, depth - 1));
    }

    private MethodSpec parsingSetter(Property property) {
        return MethodSpec.methodBuilder(property.id())
                .addJavadoc(
                        "As {@link #$L($T)}, of a text that must be valid.\n",
                        property.id(),
                        property.type().boxed())
                .addModifiers(Modifier.PUBLIC)
                .returns(builder)
                .addParameter(String.class, property.variable())
                .addStatement(
                        "return $N($T.of($N))", property.id(), property.type().declared(), property.variable())
                .build();
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
