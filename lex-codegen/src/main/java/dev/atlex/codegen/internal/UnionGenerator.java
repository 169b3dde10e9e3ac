package dev.atlex.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.atlex.codegen.CodegenException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.UnionCodec;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.UnionDef;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** A union: a sealed interface with a record per variant, and one for what an open union does not know. */
final class UnionGenerator {
    private final Schemas schemas;

    UnionGenerator(Schemas schemas) {
        this.schemas = schemas;
    }

    private record Variant(String type, ClassName name, ClassName value) {}

    TypeSpec.Builder generate(ClassName name, UnionDef union, String where) {
        List<Variant> variants = variants(name, union, where);
        ClassName unknown = name.nestedClass("Unknown");
        TypeSpec.Builder type = TypeSpec.interfaceBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.SEALED, Modifier.STATIC)
                .addJavadoc(Docs.of(
                        "The " + (union.closed() ? "closed" : "open") + " union of " + Docs.code(where) + ".",
                        union.description()));
        type.addField(FieldSpec.builder(
                        ParameterizedTypeName.get(ClassName.get(Codec.class), name),
                        "CODEC",
                        Modifier.PUBLIC,
                        Modifier.STATIC,
                        Modifier.FINAL)
                .addJavadoc("Reads and writes such values.\n")
                .initializer("$L", codec(name, unknown, variants, union.closed()))
                .build());
        for (Variant variant : variants) {
            type.addMethod(MethodSpec.methodBuilder("of")
                    .addJavadoc("The variant {@code $L}.\n", variant.type())
                    .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                    .returns(name)
                    .addParameter(variant.value(), "value")
                    .addStatement("return new $T(value)", variant.name())
                    .build());
        }
        for (Variant variant : variants) {
            type.addType(variantRecord(name, variant.name())
                    .recordConstructor(MethodSpec.constructorBuilder()
                            .addParameter(variant.value(), "value")
                            .build())
                    .addJavadoc("{@code $L}.\n", variant.type())
                    .build());
        }
        if (!union.closed()) {
            type.addType(variantRecord(name, unknown)
                    .recordConstructor(MethodSpec.constructorBuilder()
                            .addParameter(String.class, "type")
                            .addParameter(LexMap.class, "value")
                            .build())
                    .addJavadoc("A variant that was not known when this was generated.\n\n")
                    .addJavadoc("@param type its {@code $$type}\n@param value all of it, {@code $$type} included\n")
                    .build());
        }
        return type;
    }

    private static TypeSpec.Builder variantRecord(ClassName union, ClassName variant) {
        return TypeSpec.recordBuilder(variant)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addSuperinterface(union);
    }

    private List<Variant> variants(ClassName union, UnionDef definition, String where) {
        Set<String> taken = new HashSet<>();
        taken.add("unknown");
        union.simpleNames().forEach(simple -> taken.add(simple.toLowerCase(Locale.ROOT)));
        List<Variant> variants = new ArrayList<>();
        for (String ref : definition.refs()) {
            Definition target = schemas.resolve(ref, where);
            ObjectDef object = target instanceof RecordDef record
                    ? record.record()
                    : target instanceof ObjectDef plain ? plain : null;
            if (object == null) {
                throw new CodegenException(where + ": \"" + ref + "\" is no object, and can't be in a union");
            }
            ClassName value = schemas.names().of(object);
            variants.add(new Variant(ref, union.nestedClass(name(ref, value, union, taken)), value));
        }
        return variants;
    }

    /**
     * {@code #view} of the union's own document is {@code View}, {@code app.bsky.feed.defs#postView} is {@code PostView},
     * {@code app.bsky.embed.images#view} is {@code ImagesView}, so that another variant hardly ever changes the name of
     * one that was there before.
     */
    private static String name(String ref, ClassName value, ClassName union, Set<String> taken) {
        int hash = ref.indexOf('#');
        String document = hash < 0 ? ref : ref.substring(0, hash);
        String simple = value.simpleName();
        String top = value.topLevelClassName().simpleName();
        boolean own = value.topLevelClassName().equals(union.topLevelClassName());
        String name = hash < 0 || own || Names.isDefs(document) ? simple : top + simple;
        String[] segments = document.split("\\.");
        int prefixed = segments.length - 1;
        while (!taken.add(name.toLowerCase(Locale.ROOT))) {
            prefixed--;
            name = prefixed >= 0 ? Names.pascal(segments[prefixed]) + name : name + "Variant";
        }
        return name;
    }

    private static void branch(MethodSpec.Builder write, boolean first, ClassName variant) {
        if (first) {
            write.beginControlFlow("if (value instanceof $T variant)", variant);
        } else {
            write.nextControlFlow("else if (value instanceof $T variant)", variant);
        }
    }

    private static CodeBlock codec(ClassName name, ClassName unknown, List<Variant> variants, boolean closed) {
        MethodSpec.Builder read = MethodSpec.methodBuilder("readVariant")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PROTECTED)
                .returns(name)
                .addParameter(String.class, "type")
                .addParameter(LexReader.class, "reader");
        MethodSpec.Builder write = MethodSpec.methodBuilder("write")
                .addAnnotation(Override.class)
                .addModifiers(Modifier.PUBLIC)
                .addParameter(LexWriter.class, "writer")
                .addParameter(name, "value");
        read.beginControlFlow("return switch (type)");
        boolean first = true;
        for (Variant variant : variants) {
            read.addStatement(
                    "case $S -> new $T($T.CODEC.readFields(reader))", variant.type(), variant.name(), variant.value());
            branch(write, first, variant.name());
            write.addStatement("$T.CODEC.writeTyped(writer, variant.value())", variant.value());
            first = false;
        }
        if (closed) {
            read.addStatement("default -> throw unexpected(type, reader)");
        } else {
            read.addStatement("default -> new $T(type, unknown(type, reader))", unknown);
            branch(write, first, unknown);
            write.addStatement("writer.value(variant.value())");
        }
        write.endControlFlow();
        read.addCode("$<};\n");
        return CodeBlock.of(
                "$L",
                TypeSpec.anonymousClassBuilder("")
                        .superclass(ParameterizedTypeName.get(ClassName.get(UnionCodec.class), name))
                        .addMethod(read.build())
                        .addMethod(write.build())
                        .build());
    }
}
