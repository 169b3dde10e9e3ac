package dev.atlex.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.document.Definition.ArrayDef;
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
        properties.forEach(property -> type.addField(property.nullableType(), property.id(), Modifier.PRIVATE));
        type.addMethod(
                MethodSpec.constructorBuilder().addModifiers(Modifier.PRIVATE).build());
        MethodSpec.Builder copy = MethodSpec.constructorBuilder()
                .addModifiers(Modifier.PRIVATE)
                .addParameter(name, "from")
                .addStatement("super(from)");
        properties.forEach(property -> copy.addStatement("this.$N = from.$N", property.id(), property.id()));
        type.addMethod(copy.build());
        for (Property property : properties) {
            type.addMethod(setter(property));
            if (property.type().parses()) {
                type.addMethod(parsingSetter(property));
            }
        }
        return type.addMethod(build(properties)).build();
    }

    private MethodSpec setter(Property property) {
        MethodSpec.Builder setter = MethodSpec.methodBuilder(property.id())
                .addJavadoc(Docs.of(property))
                .addModifiers(Modifier.PUBLIC)
                .returns(builder)
                .addParameter(property.always() ? property.type().declared() : property.nullableType(), property.id());
        String id = property.id();
        if (!(property.definition() instanceof ArrayDef)) {
            setter.addStatement("this.$N = $N", id, id);
        } else if (property.always()) {
            setter.addStatement("this.$N = $T.copyOf($N)", id, List.class, id);
        } else {
            setter.addStatement("this.$N = $N == null ? null : $T.copyOf($N)", id, id, List.class, id);
        }
        if (property.threeStates()) {
            setter.addStatement("explicitNull($S, $N)", property.name(), id);
        }
        return setter.addStatement("return this").build();
    }

    private MethodSpec parsingSetter(Property property) {
        return MethodSpec.methodBuilder(property.id())
                .addJavadoc(
                        "As {@link #$L($T)}, of a text that must be valid.\n",
                        property.id(),
                        property.type().boxed())
                .addModifiers(Modifier.PUBLIC)
                .returns(builder)
                .addParameter(String.class, property.id())
                .addStatement(
                        "return $N($T.of($N))", property.id(), property.type().declared(), property.id())
                .build();
    }

    private MethodSpec build(List<Property> properties) {
        Stream<CodeBlock> arguments = properties.stream().map(property -> {
            CodeBlock fallback = property.defaultValue();
            if (!property.always()) {
                return CodeBlock.of("$N", property.id());
            } else if (fallback != null) {
                return CodeBlock.of("$N == null ? $L : $N", property.id(), fallback, property.id());
            }
            return CodeBlock.of("required($N, $S, CODEC.type())", property.id(), property.name());
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
}
