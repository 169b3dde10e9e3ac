package dev.atlex.cli;

import dev.atlex.client.Call;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.LexMap;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Nothing;
import dev.atlex.schema.Output;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import org.jspecify.annotations.Nullable;

/**
 * A call of a method that is known by its document only. To the client, its parameters are an object without fields that
 * keeps what it does not know, and its bodies are bytes: so they are sent and printed as they are.
 *
 * @param parameters checked against the document
 */
record UntypedCall(MethodDocument method, LexMap parameters) {
    /** @param body of a procedure, where the document has an input; otherwise null */
    Call<?> call(@Nullable RequestBody body) {
        Output<?> output = method.output() == null
                ? Output.none()
                : Output.binary(method.output().encoding());
        return call(output, Nothing.CODEC.fromValue(parameters, ReadOptions.STRICT), body);
    }

    private <O> Call<O> call(Output<O> output, Nothing unknown, @Nullable RequestBody body) {
        if (method.query()) {
            return Call.of(new Query<>(method.nsid(), Nothing.CODEC, output, method.errors()), unknown);
        }
        Call<O> call = body == null || method.input() == null
                ? Call.of(new Procedure<>(method.nsid(), Nothing.CODEC, Nothing.CODEC, output, method.errors()))
                : Call.of(
                        new BinaryProcedure<>(
                                method.nsid(), Nothing.CODEC, method.input().encoding(), output, method.errors()),
                        body);
        return parameters.isEmpty() ? call : call.withParameters(unknown);
    }
}
