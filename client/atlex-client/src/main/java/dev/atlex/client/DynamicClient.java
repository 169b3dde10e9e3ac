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
import dev.atlex.schema.Codec;
import dev.atlex.schema.MediaTypes;
import dev.atlex.schema.Method;
import dev.atlex.schema.Output;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.schema.generated.Codecs;
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
        String encoding = method.inputEncoding();
        if (encoding == null || encoding.equals(MediaTypes.JSON)) {
            throw new XrpcRequestException(method, "the method takes no bytes", null);
        }
        return send(binary(method, encoding, parameters, body), options);
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
        return send(Call.untyped(method, UntypedObject.of(parameters), CallBody.None.INSTANCE), options);
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
        return send(Call.untyped(method, UntypedObject.of(parameters), body(Codecs.VALUE, input)), options);
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
        return send(binary(method, "*/*", parameters, body), options);
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
        return Call.untyped(method, UntypedObject.of(parameters), json(method, input));
    }

    private static CallBody json(Method<?> method, @Nullable LexValue input) {
        String encoding = method.inputEncoding();
        if (encoding == null) {
            if (input != null) {
                throw new XrpcRequestException(
                        method, "the " + (method.isQuery() ? "query" : "procedure") + " takes no input", null);
            }
            return CallBody.None.INSTANCE;
        }
        if (!encoding.equals(MediaTypes.JSON)) {
            throw new XrpcRequestException(method, "the method takes bytes: use callBinary", null);
        }
        return body(method.inputCodec(), input == null ? empty(method) : input);
    }

    private static CallBody body(Codec<?> schema, @Nullable LexValue input) {
        return input == null ? CallBody.None.INSTANCE : new CallBody.JsonValue(schema, input);
    }

    private static <O> Call<O> binary(Method<O> method, String encoding, LexMap parameters, RequestBody body) {
        return Call.untyped(method, UntypedObject.of(parameters), new CallBody.Binary(encoding, body));
    }

    private static LexMap empty(Method<?> method) {
        try {
            method.inputCodec().fromValue(LexMap.of(), ReadOptions.STRICT);
        } catch (LexException e) {
            throw new XrpcRequestException(method, "the method needs an input: " + e.getMessage(), e);
        }
        return LexMap.of();
    }

    private <O> XrpcResponse<LexValue> send(Call<O> call, CallOptions options) {
        XrpcResponse<O> response = client.xrpc(call, options);
        LexValue body = response.body() instanceof LexValue value ? value : LexNull.NULL;
        return response.with(body);
    }
}
