package dev.atlex.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.generated.ObjectCodec;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Generates the codec for an object: reads all fields into local variables in one pass, then calls the constructor. */
final class CodecGenerator {
    private final ClassName name;
    private final ClassName builder;
    private final ClassName codec;

    CodecGenerator(ClassName name, ClassName builder, ClassName codec) {
        this.name = name;
        this.builder = builder;
        this.codec = codec;
    }

    TypeSpec generate(List<Property> properties, ObjectGenerator.Kind kind, ConstraintFields constants) {
        TypeSpec.Builder type = TypeSpec.classBuilder(codec)
                .addModifiers(Modifier.PRIVATE, Modifier.STATIC, Modifier.FINAL)
                .superclass(ParameterizedTypeName.get(ClassName.get(ObjectCodec.class), name, builder));
        constants.addTo(type);
        CodeBlock.Builder names = CodeBlock.builder();
        StringBuilder kinds = new StringBuilder();
        for (Property property : properties) {
            names.add(",$W$L", Literals.of(property.name()));
            kinds.append(property.definition().fieldKind(property.required(), property.nullable()));
        }
        type.addMethod(MethodSpec.constructorBuilder()
                .addStatement(
                        "super($L, $S, $T.$L$L)",
                        Literals.of(kind.type()),
                        kinds.toString(),
                        ObjectCodec.Typing.class,
                        kind.typing(),
                        names.build())
                .build());
        type.addMethod(MethodSpec.methodBuilder("newBuilder")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(builder)
                .addStatement("return new $T()", builder)
                .build());
        return type.addMethod(read(properties)).addMethod(write(properties)).build();
    }

    private MethodSpec read(List<Property> properties) {
        String reader = ObjectGenerator.free("reader", properties);
        String extra = ObjectGenerator.free(ObjectGenerator.EXTRA, properties);
        String field = ObjectGenerator.free("field", properties);
        Map<Property, String> flags = flags(properties);
        MethodSpec.Builder read = MethodSpec.methodBuilder("readFields")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .returns(name)
                .addParameter(LexReader.class, reader);
        for (Property property : properties) {
            read.addStatement("$T $N = $L", property.privateType(), property.variable(), initial(property));
            if (needsFlag(property)) {
                read.addStatement("boolean $N = false", flags.get(property));
            }
        }
        read.addStatement("$T $N = null", LexMap.Builder.class, extra);
        if (!properties.isEmpty()) {
            read.addStatement("int $N", field);
        }
        read.beginControlFlow(
                properties.isEmpty()
                        ? "while ($N.nextField(fields()) != $T.END)"
                        : "while (($N = $N.nextField(fields())) != $T.END)",
                properties.isEmpty()
                        ? new Object[] {reader, LexReader.class}
                        : new Object[] {field, reader, LexReader.class});
        if (properties.isEmpty()) {
            read.addStatement("$N = keep($N, $N)", extra, reader, extra);
        } else {
            read.beginControlFlow("switch ($N)", field);
            for (int i = 0; i < properties.size(); i++) {
                readCase(read, i, properties.get(i), reader, extra, flags);
            }
            read.addStatement("default -> $N = keep($N, $N)", extra, reader, extra);
            read.endControlFlow();
        }
        read.endControlFlow();
        required(read, properties, reader, flags);
        if (Property.tooManyForParameters(properties)) {
            String from = ObjectGenerator.free("from", properties);
            read.addStatement("$T $N = new $T()", builder, from, builder);
            properties.forEach(
                    property -> read.addStatement("$N.$N = $N", from, property.variable(), property.variable()));
            return read.addStatement("return new $T($N, kept($N))", name, from, extra)
                    .build();
        }
        CodeBlock.Builder arguments = CodeBlock.builder();
        properties.forEach(property -> arguments.add("$N,$W", property.variable()));
        return read.addStatement("return new $T($Lkept($N))", name, arguments.build(), extra)
                .build();
    }

    /** Returns the initial value of a property's local variable. */
    static CodeBlock initial(Property property) {
        CodeBlock fallback = property.defaultValue();
        if (property.required() && fallback != null) {
            return fallback;
        }
        if (!property.primitive()) {
            return CodeBlock.of("null");
        }
        return CodeBlock.of(property.type().declared().equals(TypeName.BOOLEAN) ? "false" : "0");
    }

    /** Returns whether a flag must record that the field was present, because its initial value is also a valid one.
     */
    private static boolean needsFlag(Property property) {
        return property.mustBeRead() && (property.primitive() || property.nullable());
    }

    /** Returns the name of the flag of each property that needs one. */
    private static Map<Property, String> flags(List<Property> properties) {
        Set<String> taken = new HashSet<>();
        Map<Property, String> flags = new IdentityHashMap<>();
        for (Property property : properties) {
            if (needsFlag(property)) {
                String name = ObjectGenerator.free("has" + Names.pascal(property.id()), properties);
                while (!taken.add(name)) {
                    name = ObjectGenerator.free(name + "_", properties);
                }
                flags.put(property, name);
            }
        }
        return flags;
    }

    private static void readCase(
            MethodSpec.Builder read,
            int position,
            Property property,
            String reader,
            String extra,
            Map<Property, String> flags) {
        CodeBlock value = property.type().reading().from(reader);
        if (!needsFlag(property) && !property.nullable()) {
            read.addStatement("case $L -> $N = $L", position, property.variable(), value);
            return;
        }
        read.beginControlFlow("case $L ->", position);
        if (property.threeStates()) {
            read.beginControlFlow("if ($N.isNull())", reader)
                    .addStatement("$N = keepNull($N, $N)", extra, reader, extra)
                    .nextControlFlow("else")
                    .addStatement("$N = $L", property.variable(), value)
                    .endControlFlow();
        } else if (property.nullable()) {
            read.beginControlFlow("if ($N.isNull())", reader).addStatement("$N.readNull()", reader);
            if (property.defaultValue() != null) {
                read.addStatement("$N = null", property.variable());
            }
            read.nextControlFlow("else")
                    .addStatement("$N = $L", property.variable(), value)
                    .endControlFlow();
        } else {
            read.addStatement("$N = $L", property.variable(), value);
        }
        if (needsFlag(property)) {
            read.addStatement("$N = true", flags.get(property));
        }
        read.endControlFlow();
    }

    private static void required(
            MethodSpec.Builder read, List<Property> properties, String reader, Map<Property, String> flags) {
        List<Property> needed = properties.stream().filter(Property::mustBeRead).toList();
        if (needed.isEmpty()) {
            return;
        }
        read.beginControlFlow("if ($N.validating())", reader);
        for (Property property : needed) {
            if (needsFlag(property)) {
                read.beginControlFlow("if (!$N)", flags.get(property));
            } else {
                read.beginControlFlow("if ($N == null)", property.variable());
            }
            read.addStatement("throw $N.missing($L)", reader, Literals.of(property.name()))
                    .endControlFlow();
        }
        read.endControlFlow();
    }

    private MethodSpec write(List<Property> properties) {
        MethodSpec.Builder write = MethodSpec.methodBuilder("writeFields")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .addParameter(LexWriter.class, "writer")
                .addParameter(name, "value");
        for (int i = 0; i < properties.size(); i++) {
            Property property = properties.get(i);
            CodeBlock writing = property.type().writing().to("writer", "value." + property.variable());
            if (property.primitive()) {
                write.addStatement("writer.name(fields(), $L)", i).addStatement(writing);
                continue;
            }
            if (property.required() && property.nullable()) {
                write.addStatement("writer.name(fields(), $L)", i)
                        .beginControlFlow("if (value.$N == null)", property.variable())
                        .addStatement("writeNull(writer, value, $L)", i)
                        .nextControlFlow("else")
                        .addStatement(writing)
                        .endControlFlow();
                continue;
            }
            // Even a required field may be absent, in an object that was read without validation.
            write.beginControlFlow("if (value.$N != null)", property.variable())
                    .addStatement("writer.name(fields(), $L)", i)
                    .addStatement(writing)
                    .endControlFlow();
        }
        return write.build();
    }
}
