package dev.atlex.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.JavaFile;
import com.palantir.javapoet.MethodSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeSpec;
import dev.atlex.schema.Output;
import dev.atlex.schema.RecordType;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.Definition.TokenDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.LexiconDocument;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Generates the Java file of one document. */
public final class DocumentGenerator {
    private final Schemas schemas;
    private final ObjectGenerator objects;
    private final MethodGenerator methods;

    /** Creates a generator for the documents of a run. */
    public DocumentGenerator(Schemas schemas) {
        this.schemas = schemas;
        this.objects = new ObjectGenerator(schemas);
        this.methods = new MethodGenerator(schemas, objects);
    }

    /** Returns the file, or null if the document needs no class. */
    public @Nullable JavaFile generate(LexiconDocument document) {
        String nsid = document.id().toString();
        ClassName top = schemas.names().top(nsid);
        TypeSpec.Builder type = main(document, nsid, top);
        Constants constants = new Constants(type, constant -> schemas.names().isClass(top, constant));
        document.defs().forEach((name, definition) -> {
            String full = name.equals("main") ? nsid : nsid + "#" + name;
            if (!name.equals("main") || !isMainClass(definition)) {
                definition(type, constants, full, name, definition);
            }
        });
        TypeSpec built = type.build();
        if (built.fieldSpecs().isEmpty() && built.typeSpecs().isEmpty()) {
            return null;
        }
        JavaFile.Builder file = JavaFile.builder(top.packageName(), built)
                .addFileComment("$L the lexicon $L. Do not edit.", SourceFolder.MARKER, nsid)
                .indent("    ")
                // An explicit import takes precedence over a class in the same package.
                .skipJavaLangImports(!schemas.names().hidesJavaLang(top.packageName()));
        // Static imports, because most methods have a nested class that is also named Output.
        methods.staticImports(document.def("main")).forEach(name -> file.addStaticImport(Output.class, name));
        return file.build();
    }

    private static CodeBlock about(String nsid, LexiconDocument document, @Nullable Definition main) {
        String what = "The definitions of ";
        if (main instanceof QueryDef) {
            what = "The query ";
        } else if (main instanceof ProcedureDef) {
            what = "The procedure ";
        } else if (main instanceof SubscriptionDef) {
            what = "The subscription ";
        }
        String prose = document.description();
        return Javadocs.of(
                what + Javadocs.code(nsid) + ".", prose == null && main != null ? main.description() : prose);
    }

    private static boolean isMainClass(Definition main) {
        return main instanceof RecordDef
                || main instanceof ObjectDef
                || main instanceof QueryDef
                || main instanceof ProcedureDef
                || main instanceof SubscriptionDef;
    }

    private TypeSpec.Builder main(LexiconDocument document, String nsid, ClassName top) {
        Definition main = document.def("main");
        if (main instanceof RecordDef record) {
            TypeSpec.Builder type = objects.generate(top, record.record(), ObjectGenerator.Kind.record(nsid));
            type.addField(FieldSpec.builder(
                            ParameterizedTypeName.get(ClassName.get(RecordType.class), top, top.nestedClass("Builder")),
                            "RECORD",
                            Modifier.PUBLIC,
                            Modifier.STATIC,
                            Modifier.FINAL)
                    .addJavadoc(Javadocs.of(
                            "The record type, to create, read and list records with.", record.description()))
                    .initializer("new $T<>(CODEC, $S)", RecordType.class, record.key())
                    .build());
            return type;
        } else if (main instanceof ObjectDef object) {
            return objects.generate(top, object, ObjectGenerator.Kind.definition(nsid));
        }
        TypeSpec.Builder type = TypeSpec.classBuilder(top)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addJavadoc(about(nsid, document, main))
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        if (main instanceof QueryDef query) {
            methods.query(type, nsid, query);
        } else if (main instanceof ProcedureDef procedure) {
            methods.procedure(type, nsid, procedure);
        } else if (main instanceof SubscriptionDef subscription) {
            methods.subscription(type, nsid, subscription);
        }
        return type;
    }

    private void definition(
            TypeSpec.Builder type, Constants constants, String full, String name, Definition definition) {
        if (definition instanceof ObjectDef object) {
            type.addType(objects.generate(schemas.names().of(object), object, ObjectGenerator.Kind.definition(full))
                    .addModifiers(Modifier.STATIC)
                    .build());
        } else if (definition instanceof UnionDef || definition instanceof ArrayDef) {
            objects.nested(type, definition, full);
        } else if (definition instanceof TokenDef token) {
            constants.add(Names.constant(name), full, "The token " + Javadocs.code(full) + ".", token.description());
        } else if (definition instanceof StringDef string) {
            constants.addKnownValues(name, string.knownValues());
        }
    }
}
