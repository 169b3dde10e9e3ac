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
import dev.atlex.schema.Subscription;
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
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.generated.Codecs;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;
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

    void query(TypeSpec.Builder type, String nsid, QueryDef query, Text text, Wording wording) {
        String what = "The query " + Markup.code(nsid) + ".";
        method(type, nsid, text, what + " Call it with {@link #QUERY}.");
        ObjectType parameters = parameters(query.parameters());
        OutputType output = output(nsid, query.output());
        List<String> errors = errors(type, nsid, query.errors(), wording);
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
                        list(errors)),
                text,
                what + body("Output", query.output(), wording.at("output")) + declared(errors));
        nested(type, nsid + " parameters", query.parameters(), wording.at("params"));
        nestedBody(type, nsid + " output", query.output(), wording.at("output"));
    }

    void procedure(TypeSpec.Builder type, String nsid, ProcedureDef procedure, Text text, Wording wording) {
        String what = "The procedure " + Markup.code(nsid) + ".";
        method(type, nsid, text, what + " Call it with {@link #PROCEDURE}.");
        ObjectType parameters = parameters(procedure.parameters());
        OutputType output = output(nsid, procedure.output());
        Body input = procedure.input();
        List<String> names = errors(type, nsid, procedure.errors(), wording);
        CodeBlock errors = list(names);
        String bodies =
                body("Input", input, wording.at("input")) + body("Output", procedure.output(), wording.at("output"));
        String facts = what + bodies + declared(names);
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
                    text,
                    facts);
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
                    text,
                    facts);
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
                    text,
                    facts);
        }
        nested(type, nsid + " parameters", procedure.parameters(), wording.at("params"));
        nestedBody(type, nsid + " input", input, wording.at("input"));
        nestedBody(type, nsid + " output", procedure.output(), wording.at("output"));
    }

    void subscription(TypeSpec.Builder type, String nsid, SubscriptionDef subscription, Text text, Wording wording) {
        String what = "The subscription " + Markup.code(nsid) + ".";
        method(type, nsid, text, what);
        List<String> errors = errors(type, nsid, subscription.errors(), wording);
        ObjectType parameters = parameters(subscription.parameters());
        if (subscription.message() != null) {
            ClassName message = schemas.names().of(subscription.message());
            constant(
                    type,
                    "SUBSCRIPTION",
                    ParameterizedTypeName.get(
                            ClassName.get(Subscription.class), parameters.name(), parameters.builder(), message),
                    CodeBlock.of(
                            "new $T<>(NSID,$W$T.CODEC,$W$T.CODEC,$W$L,$W$S)",
                            Subscription.class,
                            parameters.name(),
                            message,
                            list(errors),
                            subscription.subprotocol()),
                    text,
                    what + declared(errors));
        }
        nested(type, nsid + " parameters", subscription.parameters(), wording.at("params"));
        if (subscription.message() != null) {
            objects.nested(type, subscription.message(), nsid + " message", wording.at("message"));
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

    /** Returns the object type of an input, or null if the input isn't an object. */
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

    /** Adds a constant for each error, and returns their names. */
    private List<String> errors(TypeSpec.Builder type, String nsid, List<MethodError> errors, Wording wording) {
        ClassName top = schemas.names().top(nsid);
        Constants constants = new Constants(type, constant -> schemas.names().isClass(top, constant));
        return errors.stream()
                .map(error -> constants.add(
                        "ERROR_" + Names.constant(error.name()),
                        error.name(),
                        "The error " + Markup.code(error.name()) + ", which the method declares.",
                        wording.at("errors").at(error.name()).text(error.description())))
                .toList();
    }

    private static CodeBlock list(List<String> constants) {
        return CodeBlock.of("$T.of($L)", List.class, String.join(", ", constants));
    }

    private static String declared(List<String> errors) {
        return errors.isEmpty()
                ? ""
                : " Declared errors: "
                        + errors.stream().map(name -> "{@link #" + name + "}").collect(Collectors.joining(", "))
                        + ".";
    }

    /** Returns sentences about a body that has no class, whose comment would otherwise contain them. */
    private static String body(String label, @Nullable Body body, Wording wording) {
        if (body == null || body.schema() instanceof ObjectDef || body.schema() instanceof UnionDef) {
            return "";
        }
        String bytes = isJson(body) ? "" : " " + label + ": bytes of type " + Markup.code(body.encoding()) + ".";
        Text text = wording.text(body.description());
        if (text.isEmpty()) {
            return bytes;
        }
        return (bytes.isEmpty() ? " " + label + ": " : bytes + " ") + Markup.prose(text.prose());
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

    /** Adds the comment of the method's class, and its constant for the NSID. */
    private static void method(TypeSpec.Builder type, String nsid, Text text, String facts) {
        type.addJavadoc(Javadocs.of(text, facts));
        if (text.isDeprecated()) {
            type.addAnnotation(Deprecated.class);
        }
        type.addField(FieldSpec.builder(String.class, "NSID", Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc("The method's NSID.\n")
                .initializer("$S", nsid)
                .build());
    }

    private static void constant(
            TypeSpec.Builder type, String name, TypeName constantType, CodeBlock value, Text text, String facts) {
        FieldSpec.Builder constant = FieldSpec.builder(
                        constantType, name, Modifier.PUBLIC, Modifier.STATIC, Modifier.FINAL)
                .addJavadoc(Javadocs.of(text, facts))
                .initializer(value);
        if (text.isDeprecated()) {
            constant.addAnnotation(Deprecated.class);
        }
        type.addField(constant.build());
    }

    private void nested(TypeSpec.Builder type, String label, @Nullable ObjectDef object, Wording wording) {
        if (object != null) {
            objects.nested(type, object, label, wording);
        }
    }

    private void nestedBody(TypeSpec.Builder type, String label, @Nullable Body body, Wording wording) {
        if (body != null && body.schema() != null) {
            objects.nested(type, body.schema(), label, wording);
        }
    }
}
