package dev.atlex.client;

import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.Bytes;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Codecs;
import dev.atlex.schema.Method;
import dev.atlex.schema.Output;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.schema.runtime.UntypedObject;
import dev.atlex.syntax.Nsid;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Calls methods by their NSID, with untyped values, for programs that don't know at compile time what they will call. The
 * documents of the methods say how; requests, checks, retries and errors are those of {@link Client}.
 *
 * <p>Answers are {@link LexValue}s: JSON as a tree, unchanged once it is checked; {@link Bytes} of any other media type;
 * {@link LexNull} where a method has no answer. With {@link CallOptions.Builder#invalidItems} elements that do not validate
 * are left out of the tree; without {@linkplain CallOptions.Builder#validateResponse validation} it is as it came.
 *
 * <p>Every call throws {@link XrpcException} if it brings no result, {@link XrpcRequestException} if what it is given does
 * not fit the method, and {@link IllegalArgumentException} if the documents don't have the method. A dynamic client is
 * immutable, cheap to make, and may be used by many threads at once.
 */
public final class DynamicClient {
    private final Client client;
    private final RuntimeSchemas schemas;

    /**
     * @param client what makes the calls; its defaults hold
     * @param schemas the methods that can be called
     */
    public DynamicClient(Client client, RuntimeSchemas schemas) {
        this.client = client;
        this.schemas = schemas;
    }

    public Client client() {
        return client;
    }

    public RuntimeSchemas schemas() {
        return schemas;
    }

    /** Calls a query, or a procedure without input. */
    public LexValue call(String nsid, LexMap parameters) {
        return call(nsid, parameters, null, CallOptions.DEFAULTS);
    }

    /**
     * Calls a query or a procedure.
     *
     * @param parameters of the URL
     * @param input the JSON body, or null for none; a procedure all of whose input is optional is sent an empty object
     */
    public LexValue call(String nsid, LexMap parameters, @Nullable LexValue input, CallOptions options) {
        return xrpc(nsid, parameters, input, options).body();
    }

    /** As {@link #call(String, LexMap, LexValue, CallOptions)}, with the whole answer. */
    public XrpcResponse<LexValue> xrpc(String nsid, LexMap parameters, @Nullable LexValue input, CallOptions options) {
        return send(json(schemas.method(nsid), parameters, input), options);
    }

    /**
     * Calls a procedure that takes bytes.
     *
     * @param parameters of the URL
     * @param body {@link CallOptions.Builder#encoding} says of which media type
     */
    public LexValue callBinary(String nsid, LexMap parameters, RequestBody body, CallOptions options) {
        return xrpcBinary(nsid, parameters, body, options).body();
    }

    /** As {@link #callBinary}, with the whole answer. */
    public XrpcResponse<LexValue> xrpcBinary(String nsid, LexMap parameters, RequestBody body, CallOptions options) {
        Method<?> method = schemas.method(nsid);
        if (!(method instanceof BinaryProcedure)) {
            throw new XrpcRequestException(method, "bytes, which the method does not take", null);
        }
        return send(Call.untyped(method, UntypedObject.of(parameters), null, body), options);
    }

    /**
     * The pages of a query that has a {@code cursor}, as of {@link Client#pages(Query, java.util.function.Consumer)}:
     * {@code pages(nsid, parameters).items(page -> page.getArray("feed"))}.
     *
     * @param parameters of the URL; a {@code cursor} among them is that of the first page
     * @throws IllegalArgumentException if the query or its answer has no cursor, or the documents don't have the query
     */
    public Pages<LexMap> pages(String nsid, LexMap parameters) {
        return pages(nsid, parameters, CallOptions.DEFAULTS);
    }

    /** Calls a query whose answer is an object. Without validation that is known only when it is there. */
    LexMap object(String nsid, LexMap parameters, CallOptions options) {
        return Codecs.MAP.fromValue(call(nsid, parameters, null, options), ReadOptions.LENIENT);
    }

    /** As {@link #pages(String, LexMap)}, with options. */
    public Pages<LexMap> pages(String nsid, LexMap parameters, CallOptions options) {
        return Pages.of(this, nsid, parameters, options);
    }

    /** As {@link Client#stream}, of a query or a procedure. The caller closes the answer. */
    public TransportResponse stream(String nsid, LexMap parameters, @Nullable LexValue input, CallOptions options) {
        return client.stream(json(schemas.method(nsid), parameters, input), options);
    }

    /**
     * Calls a query of which no document is needed. Nothing is checked but that the answer, where it is JSON, is of the
     * data model.
     *
     * @throws InvalidSyntaxException if that is no NSID
     */
    public XrpcResponse<LexValue> queryUnchecked(String nsid, LexMap parameters, CallOptions options) {
        Method<LexValue> method = new Query<>(Nsid.of(nsid).toString(), Unit.CODEC, Output.undeclared(), List.of());
        return send(Call.untyped(method, UntypedObject.of(parameters), null, null), options);
    }

    /**
     * Calls a procedure of which no document is needed. Nothing is checked but that the answer, where it is JSON, is of
     * the data model.
     *
     * @param parameters of the URL
     * @param input the JSON body, or null for none
     * @throws InvalidSyntaxException if that is no NSID
     */
    public XrpcResponse<LexValue> procedureUnchecked(
            String nsid, LexMap parameters, @Nullable LexValue input, CallOptions options) {
        Method<LexValue> method = new ValueProcedure<>(
                Nsid.of(nsid).toString(), Unit.CODEC, Codecs.VALUE, Output.undeclared(), List.of());
        return send(Call.untyped(method, UntypedObject.of(parameters), input, null), options);
    }

    /**
     * As {@link #procedureUnchecked}, of bytes.
     *
     * @param body {@link CallOptions.Builder#encoding} says of which media type
     * @throws InvalidSyntaxException if that is no NSID
     */
    public XrpcResponse<LexValue> binaryUnchecked(
            String nsid, LexMap parameters, RequestBody body, CallOptions options) {
        Method<LexValue> method =
                new BinaryProcedure<>(Nsid.of(nsid).toString(), Unit.CODEC, "*/*", Output.undeclared(), List.of());
        return send(Call.untyped(method, UntypedObject.of(parameters), null, body), options);
    }

    /**
     * The parameters that texts stand for, such as the arguments of a command line, each by its type in the method's
     * document; parameters of several values may come several times.
     *
     * @param texts for each name its values in their order
     * @throws IllegalArgumentException if a name is no parameter's, a text is none of its values, or a required one is
     *     missing; the parameter is named
     */
    public LexMap paramsFromText(String nsid, Map<String, List<String>> texts) {
        return TextParameters.parse(schemas, nsid, texts);
    }

    private static Call<?> json(Method<?> method, LexMap parameters, @Nullable LexValue input) {
        LexValue sent = input;
        if (method instanceof ValueProcedure<?, ?> procedure) {
            sent = input == null ? empty(procedure) : input;
        } else if (method instanceof BinaryProcedure) {
            throw new XrpcRequestException(method, "no bytes, which the method takes as its input", null);
        } else if (input != null) {
            String what = method instanceof Procedure ? "procedure" : "query";
            throw new XrpcRequestException(method, "an input, which the " + what + " does not take", null);
        }
        return Call.untyped(method, UntypedObject.of(parameters), sent, null);
    }

    private static LexMap empty(ValueProcedure<?, ?> procedure) {
        try {
            procedure.input().fromValue(LexMap.of(), ReadOptions.STRICT);
        } catch (LexException e) {
            throw new XrpcRequestException(procedure, "no input, which the method needs: " + e.getMessage(), e);
        }
        return LexMap.of();
    }

    private <O> XrpcResponse<LexValue> send(Call<O> call, CallOptions options) {
        XrpcResponse<O> response = client.xrpc(call, options);
        LexValue body = response.body() instanceof LexValue value ? value : LexNull.NULL;
        return response.with(body);
    }
}
