package dev.atlex.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.generated.UnionCodec;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.element.Modifier;

/** Generates a union: a sealed interface with a record per variant, and one for the unknown variants of an open union. */
final class UnionGenerator {
    private final Schemas schemas;

    UnionGenerator(Schemas schemas) {
        this.schemas = schemas;
    }

    /** The variants of a union, which is closed only if all of them are known. */
    private record Variants(List<Variant> known, boolean closed) {}

    private record Variant(String type, ClassName name, ClassName value) {}

    TypeSpec.Builder generate(ClassName name, UnionDef union, String where, Text text) {
        Variants found = variants(name, union, where);
        List<Variant> variants = found.known();
        boolean closed = found.closed();
        ClassName unknown = name.nestedClass("Unknown");
        TypeSpec.Builder type = variants.isEmpty() && closed ? withoutValues(name) : sealed(name);
        if (text.isDeprecated()) {
            type.addAnnotation(Deprecated.class);
        }
        type.addJavadoc(Javadocs.of(
                        text, "The " + (union.closed() ? "closed" : "open") + " union at " + Markup.code(where) + "."))
                .addField(FieldSpec.builder(
                                ParameterizedTypeName.get(ClassName.get(Codec.class), name),
                                "CODEC",
                                Modifier.PUBLIC,
                                Modifier.STATIC,
                                Modifier.FINAL)
                        .addJavadoc("Reads and writes values of this union.\n")
                        .initializer("$L", codec(name, unknown, variants, closed))
                        .build());
        for (Variant variant : variants) {
            type.addMethod(MethodSpec.methodBuilder("of")
                    .addJavadoc("Returns the variant $L.\n", Markup.code(variant.type()))
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
                    .addJavadoc("The variant $L.\n", Markup.code(variant.type()))
                    .build());
        }
        if (!closed) {
            type.addType(variantRecord(name, unknown)
                    .recordConstructor(MethodSpec.constructorBuilder()
                            .addParameter(String.class, "type")
                            .addParameter(LexMap.class, "value")
                            .build())
                    .addJavadoc("A variant that is unknown to this version of the generated code.\n\n")
                    .addJavadoc(
                            "@param type its {@code $$type}\n@param value the whole object, including {@code $$type}\n")
                    .build());
        }
        return type;
    }

    private static TypeSpec.Builder sealed(ClassName name) {
        return TypeSpec.interfaceBuilder(name).addModifiers(Modifier.PUBLIC, Modifier.SEALED, Modifier.STATIC);
    }

    /**
     * Returns the class of a closed union that contains only tokens. It can't be a sealed interface, which needs a
     * variant.
     */
    private static TypeSpec.Builder withoutValues(ClassName name) {
        return TypeSpec.classBuilder(name)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
    }

    private static TypeSpec.Builder variantRecord(ClassName union, ClassName variant) {
        return TypeSpec.recordBuilder(variant)
                .addModifiers(Modifier.PUBLIC, Modifier.STATIC)
                .addSuperinterface(union);
    }

    /**
     * Returns the variants. Values of a union are objects, so a token is skipped, as it is upstream. Values of a
     * missing definition are read as an unknown variant.
     */
    private Variants variants(ClassName union, UnionDef definition, String where) {
        Set<String> taken = new HashSet<>();
        taken.add("unknown");
        union.simpleNames().forEach(simple -> taken.add(simple.toLowerCase(Locale.ROOT)));
        List<Variant> variants = new ArrayList<>();
        boolean closed = definition.closed();
        for (String ref : definition.refs()) {
            Definition target = schemas.resolve(ref);
            ObjectDef object = target instanceof RecordDef record
                    ? record.record()
                    : target instanceof ObjectDef plain ? plain : null;
            if (object == null) {
                closed &= target != null;
                continue;
            }
            ClassName value = schemas.names().of(object);
            variants.add(new Variant(ref, union.nestedClass(name(ref, value, union, taken)), value));
        }
        return new Variants(variants, closed);
    }

    /**
     * Returns the name of a variant: {@code View} for {@code #view} in the union's own document, {@code PostView} for
     * {@code app.bsky.feed.defs#postView}, {@code ImagesView} for {@code app.bsky.embed.images#view}. With these names,
     * a new variant rarely changes the name of an existing one.
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
        if (variants.isEmpty() && closed) {
            read.addStatement("throw unexpected(type, reader)");
            write.addStatement("throw new $T()", IllegalStateException.class);
            return anonymous(name, read, write);
        }
        read.beginControlFlow("return switch (type)");
        boolean first = true;
        for (Variant variant : variants) {
            read.addStatement(
                    "case $L -> new $T($T.CODEC.readFields(reader))",
                    Literals.of(variant.type()),
                    variant.name(),
                    variant.value());
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
        return anonymous(name, read, write);
    }

    private static CodeBlock anonymous(ClassName name, MethodSpec.Builder read, MethodSpec.Builder write) {
        return CodeBlock.of(
                "$L",
                TypeSpec.anonymousClassBuilder("")
                        .superclass(ParameterizedTypeName.get(ClassName.get(UnionCodec.class), name))
                        .addMethod(read.build())
                        .addMethod(write.build())
                        .build());
    }
}
