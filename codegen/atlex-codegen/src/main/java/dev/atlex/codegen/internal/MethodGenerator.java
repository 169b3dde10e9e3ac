package dev.atlex.codegen.internal;

import com.palantir.javapoet.ClassName;
import com.palantir.javapoet.CodeBlock;
import com.palantir.javapoet.FieldSpec;
import com.palantir.javapoet.ParameterizedTypeName;
import com.palantir.javapoet.TypeName;
import com.palantir.javapoet.TypeSpec;
import dev.atlex.data.Bytes;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Output;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.MethodError;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.generated.Codecs;
import java.util.List;
import java.util.Objects;
import javax.lang.model.element.Modifier;
import org.jspecify.annotations.Nullable;

/** Generates a method's class: its constant, and the types of its parameters, input and output. */
final class MethodGenerator {
    private final Schemas schemas;
    private final ValueTypes types;
    private final ObjectGenerator objects;

    MethodGenerator(Schemas schemas, ObjectGenerator objects) {
        this.schemas = schemas;
        this.types = new ValueTypes(schemas);
        this.objects = objects;
    }

    void query(TypeSpec.Builder type, String nsid, QueryDef query) {
        nsid(type, nsid);
        ObjectType parameters = parameters(query.parameters());
        OutputType output = output(nsid, query.output());
        constant(
                type,
                "QUERY",
                ParameterizedTypeName.get(
                        ClassName.get(Query.class), parameters.name(), parameters.builder(), output.type()),
                CodeBlock.of(
                        "new $T<>(NSID,$W$T.CODEC,$W$L,$W$L)",
                        Query.class,
                        parameters.name(),
                        output.value(),
                        errors(type, nsid, query.errors())),
                Javadocs.of("The query " + Javadocs.code(nsid) + ".", query.description()));
        nested(type, nsid + " parameters", query.parameters());
        nestedBody(type, nsid + " output", query.output());
    }

    void procedure(TypeSpec.Builder type, String nsid, ProcedureDef procedure) {
        nsid(type, nsid);
        ObjectType parameters = parameters(procedure.parameters());
        OutputType output = output(nsid, procedure.output());
        Body input = procedure.input();
        CodeBlock doc = Javadocs.of("The procedure " + Javadocs.code(nsid) + ".", procedure.description());
        CodeBlock errors = errors(type, nsid, procedure.errors());
        ObjectType object = input == null ? unit() : object(nsid, input);
        if (input != null && !isJson(input)) {
            constant(
                    type,
                    "PROCEDURE",
                    ParameterizedTypeName.get(ClassName.get(BinaryProcedure.class), output.type()),
                    CodeBlock.of(
                            "new $T<>(NSID,$W$T.CODEC,$W$S,$W$L,$W$L)",
                            BinaryProcedure.class,
                            parameters.name(),
                            input.encoding(),
                            output.value(),
                            errors),
                    doc);
        } else if (object == null && input != null) {
            ValueType value = input.schema() == null
                    ? ValueType.coded(ClassName.get(LexValue.class), CodeBlock.of("$T.VALUE", Codecs.class))
                    : types.of(input.schema(), "input", ConstraintFields.inline(), nsid + " input");
            constant(
                    type,
                    "PROCEDURE",
                    ParameterizedTypeName.get(ClassName.get(ValueProcedure.class), value.boxed(), output.type()),
                    CodeBlock.of(
                            "new $T<>(NSID,$W$T.CODEC,$W$L,$W$L,$W$L)",
                            ValueProcedure.class,
                            parameters.name(),
                            value.codec(),
                            output.value(),
                            errors),
                    doc);
        } else {
            ObjectType body = Objects.requireNonNull(object);
            constant(
                    type,
                    "PROCEDURE",
                    ParameterizedTypeName.get(
                            ClassName.get(Procedure.class), body.name(), body.builder(), output.type()),
                    CodeBlock.of(
                            "new $T<>(NSID,$W$T.CODEC,$W$T.CODEC,$W$L,$W$L)",
                            Procedure.class,
                            parameters.name(),
                            body.name(),
                            output.value(),
                            errors),
                    doc);
        }
        nested(type, nsid + " parameters", procedure.parameters());
        nestedBody(type, nsid + " input", input);
        nestedBody(type, nsid + " output", procedure.output());
    }

    void subscription(TypeSpec.Builder type, String nsid, SubscriptionDef subscription) {
        nsid(type, nsid);
        errors(type, nsid, subscription.errors());
        nested(type, nsid + " parameters", subscription.parameters());
        if (subscription.message() != null) {
            objects.nested(type, subscription.message(), nsid + " message");
        }
    }

    private record ObjectType(ClassName name) {
        ClassName builder() {
            return name.nestedClass("Builder");
        }
    }

    private record OutputType(TypeName type, CodeBlock value) {}

    private static ObjectType unit() {
        return new ObjectType(ClassName.get(Unit.class));
    }

    private ObjectType parameters(@Nullable ObjectDef parameters) {
        return parameters == null ? unit() : new ObjectType(schemas.names().of(parameters));
    }

    /** Returns the object type of an input, or null if the input is not an object. */
    private @Nullable ObjectType object(String nsid, Body input) {
        Definition schema = input.schema();
        if (schema instanceof RefDef ref) {
            schema = schemas.resolve(ref.ref());
        }
        if (schema instanceof RecordDef record) {
            schema = record.record();
        }
        return schema instanceof ObjectDef object
                ? new ObjectType(schemas.names().of(object))
                : null;
    }

    private OutputType output(String nsid, @Nullable Body output) {
        if (output == null) {
            return new OutputType(ClassName.get(Unit.class), CodeBlock.of("$T.none()", Output.class));
        }
        if (output.schema() != null) {
            ValueType type = types.of(output.schema(), "output", ConstraintFields.inline(), nsid + " output");
            return new OutputType(type.boxed(), CodeBlock.of("$T.json($L)", Output.class, type.codec()));
        }
        if (output.encoding().equals(MediaType.JSON)) {
            return new OutputType(
                    ClassName.get(LexValue.class), CodeBlock.of("$T.json($T.VALUE)", Output.class, Codecs.class));
        }
        return new OutputType(
                ClassName.get(Bytes.class), CodeBlock.of("$T.binary($S)", Output.class, output.encoding()));
    }

    /** Adds a constant for each error, and returns an expression for their list. */
    private CodeBlock errors(TypeSpec.Builder type, String nsid, List<MethodError> errors) {
        ClassName top = schemas.names().top(nsid);
        Constants constants = new Constants(type, constant -> schemas.names().isClass(top, constant));
        List<String> names = errors.stream()
                .map(error -> constants.add(
                        "ERROR_" + Names.constant(error.name()),
                        error.name(),
                        "An error that the method declares.",
                        error.description()))
                .toList();
        return CodeBlock.of("$T.of($L)", List.class, String.join(", ", names));
    }

    /** Returns the factories of {@link Output} that the method's constant calls. */
    List<String> staticImports(@Nullable Definition main) {
        Body output;
        if (main instanceof QueryDef query) {
            output = query.output();
        } else if (main instanceof ProcedureDef procedure) {
            output = procedure.output();
        } else {
            return List.of();
        }
        return List.of(output == null ? "none" : isJson(output) ? "json" : "binary");
    }

    private static boolean isJson(Body body) {
        return body.schema() != null || body.encoding().equals(MediaType.JSON);
    }

    private static void nsid(TypeSpec.Builder type, String nsid) {
        type.addField(FieldSpec.builder(String.class, "NSID", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The method's NSID.\n")
                .initializer("$S", nsid)
                .build());
    }

    private static void constant(
            TypeSpec.Builder type, String name, TypeName constantType, CodeBlock value, CodeBlock doc) {
        type.addField(FieldSpec.builder(constantType, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(doc)
                .initializer(value)
                .build());
    }

    private void nested(TypeSpec.Builder type, String label, @Nullable ObjectDef object) {
        if (object != null) {
            objects.nested(type, object, label);
        }
    }

    private void nestedBody(TypeSpec.Builder type, String label, @Nullable Body body) {
        if (body != null && body.schema() != null) {
            objects.nested(type, body.schema(), label);
        }
    }
}
