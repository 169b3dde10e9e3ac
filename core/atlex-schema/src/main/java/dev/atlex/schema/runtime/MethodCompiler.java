package dev.atlex.schema.runtime;

import dev.atlex.data.LexValue;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Codec;
import dev.atlex.schema.Method;
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
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.ObjectCodec.Typing;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Compiles the definition of one method. */
final class MethodCompiler {
    private final SchemaCompiler compiler;
    private final String nsid;
    private final SchemaCompiler.Place place;

    MethodCompiler(SchemaCompiler compiler, String nsid) {
        this.compiler = compiler;
        this.nsid = nsid;
        this.place = SchemaCompiler.place(nsid);
    }

    /** Compiles a method or subscription only to collect its problems; ignores permission sets. */
    void check(Definition definition) {
        if (definition instanceof QueryDef query) {
            query(query);
        } else if (definition instanceof ProcedureDef procedure) {
            procedure(procedure);
        } else if (definition instanceof SubscriptionDef subscription) {
            parameters(subscription.parameters());
            if (subscription.message() != null) {
                compiler.value(subscription.message(), place.at("message.schema"));
            }
        }
    }

    Method<?> query(QueryDef definition) {
        Output<?> output = output(definition.output());
        List<String> errors = errors(definition.errors());
        ObjectDef parameters = definition.parameters();
        return parameters == null
                ? new Query<>(nsid, Unit.CODEC, output, errors)
                : new Query<>(nsid, object(parameters), output, errors);
    }

    Method<?> procedure(ProcedureDef definition) {
        Codec<?> parameters = parameters(definition.parameters());
        Output<?> output = output(definition.output());
        List<String> errors = errors(definition.errors());
        Body input = definition.input();
        if (input == null) {
            return new Procedure<>(nsid, parameters, Unit.CODEC, output, errors);
        }
        Definition schema = input.schema();
        if (schema != null) {
            return new ValueProcedure<>(
                    nsid, parameters, compiler.value(schema, place.at("input.schema")), output, errors);
        }
        return input.encoding().equals(MediaType.JSON)
                ? new ValueProcedure<>(nsid, parameters, Codecs.VALUE, output, errors)
                : new BinaryProcedure<>(nsid, parameters, input.encoding(), output, errors);
    }

    private Codec<?> parameters(@Nullable ObjectDef parameters) {
        return parameters == null ? Unit.CODEC : object(parameters);
    }

    private ObjectCodec<UntypedObject, UntypedObject.Builder> object(ObjectDef parameters) {
        return compiler.object(parameters, nsid + " parameters", Typing.NONE, place.at("parameters"));
    }

    private Output<?> output(@Nullable Body output) {
        if (output == null) {
            return Output.none();
        }
        Definition schema = output.schema();
        if (schema != null) {
            Codec<LexValue> checked = compiler.value(schema, place.at("output.schema"));
            return Output.json(
                    ValueCodecs.of(reader -> reader.validating() ? checked.read(reader) : reader.readValue()));
        }
        return output.encoding().equals(MediaType.JSON) ? Output.json(Codecs.VALUE) : Output.binary(output.encoding());
    }

    private static List<String> errors(List<MethodError> errors) {
        return errors.stream().map(MethodError::name).toList();
    }
}
