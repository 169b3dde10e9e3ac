package dev.atlex.codegen.internal;

import com.palantir.javapoet.AnnotationSpec;
import com.palantir.javapoet.ClassName;
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

/** Generates the Java file for a document. */
public final class DocumentGenerator {
    /**
     * An annotation that lets a class use deprecated classes in other files; within one file, the compiler doesn't
     * warn.
     */
    private static final AnnotationSpec SUPPRESS_DEPRECATION = AnnotationSpec.builder(SuppressWarnings.class)
            .addMember("value", "$S", "deprecation")
            .build();

    private final Schemas schemas;
    private final Prose prose;
    private final ObjectGenerator objects;
    private final MethodGenerator methods;

    /** Creates a generator for the documents of a run. */
    public DocumentGenerator(Schemas schemas, Prose prose) {
        this.schemas = schemas;
        this.prose = prose;
        this.objects = new ObjectGenerator(schemas, prose);
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
        if (References.of(document, schemas).stream().anyMatch(this::mayBeDeprecated)) {
            built = type.addAnnotation(SUPPRESS_DEPRECATION).build();
        }
        JavaFile.Builder file = JavaFile.builder(top.packageName(), built)
                .addFileComment("$L the lexicon $L. Do not edit.", SourceFolder.MARKER, nsid)
                .indent("    ")
                // An explicit import takes precedence over a class in the same package.
                .skipJavaLangImports(!schemas.names().hidesJavaLang(top.packageName()));
        // Import the factories statically, because most methods have a nested class that is also named Output.
        methods.staticImports(document.def("main")).forEach(name -> file.addStaticImport(Output.class, name));
        return file.build();
    }

    /** Returns whether the class of a definition may be deprecated. Dependencies don't list deprecated classes. */
    private boolean mayBeDeprecated(String ref) {
        return schemas.isFromDependency(Schemas.nsid(ref))
                || prose.of(ref).text(Schemas.description(schemas.resolve(ref))).isDeprecated();
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
            ObjectGenerator.Kind kind = ObjectGenerator.Kind.record(nsid, record, prose.of(nsid));
            TypeSpec.Builder type = objects.generate(top, record.record(), kind);
            type.addField(FieldSpec.builder(
                            ParameterizedTypeName.get(ClassName.get(RecordType.class), top, top.nestedClass("Builder")),
                            "RECORD",
                            Modifier.PUBLIC,
                            Modifier.STATIC,
                            Modifier.FINAL)
                    .addJavadoc(Javadocs.of(
                            Text.NONE,
                            "The record type " + Markup.code(nsid)
                                    + ", for creating, reading and listing records. Record keys are of type "
                                    + Markup.code(record.key()) + "."))
                    .initializer("new $T<>(CODEC, $S)", RecordType.class, record.key())
                    .build());
            return type;
        } else if (main instanceof ObjectDef object) {
            return objects.generate(top, object, ObjectGenerator.Kind.definition(nsid, object, prose.of(nsid)));
        }
        TypeSpec.Builder type = TypeSpec.classBuilder(top)
                .addModifiers(Modifier.PUBLIC, Modifier.FINAL)
                .addMethod(MethodSpec.constructorBuilder()
                        .addModifiers(Modifier.PRIVATE)
                        .build());
        Wording wording = prose.of(nsid);
        String own = Schemas.description(main);
        Text text = wording.text(own == null ? document.description() : own);
        if (main instanceof QueryDef query) {
            methods.query(type, nsid, query, text, wording);
        } else if (main instanceof ProcedureDef procedure) {
            methods.procedure(type, nsid, procedure, text, wording);
        } else if (main instanceof SubscriptionDef subscription) {
            methods.subscription(type, nsid, subscription, text, wording);
        } else {
            text = Text.ofDescription(document.description(), false);
            type.addJavadoc(Javadocs.of(text, "The definitions of " + Markup.code(nsid) + "."));
        }
        return type;
    }

    private void definition(
            TypeSpec.Builder type, Constants constants, String full, String name, Definition definition) {
        Wording wording = prose.of(full);
        if (definition instanceof ObjectDef object) {
            type.addType(objects.generate(
                            schemas.names().of(object), object, ObjectGenerator.Kind.definition(full, object, wording))
                    .addModifiers(Modifier.STATIC)
                    .build());
        } else if (definition instanceof UnionDef || definition instanceof ArrayDef) {
            objects.nested(type, definition, full, wording);
        } else if (definition instanceof TokenDef token) {
            String facts = "The token " + Markup.code(full) + ".";
            constants.add(Names.constant(name), full, facts, wording.text(token.description()));
        } else if (definition instanceof StringDef string) {
            Text text = wording.text(string.description());
            constants.addKnownValues(name, string.knownValues(), value -> objects.knownValue(value, text));
        }
    }
}
