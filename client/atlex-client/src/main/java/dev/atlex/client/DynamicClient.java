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
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Codec;
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
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Calls methods by their NSID, with untyped values, for programs that learn only at run time which methods to call.
 * Lexicon documents describe the methods; requests, validation, retries and errors are the same as for {@link Client}.
 *
 * <p>Results are {@link LexValue}s: a tree for JSON, validated but otherwise unchanged; {@link Bytes} for any other
 * media type; {@link LexNull} if a method has no output. With {@link CallOptions.Builder#invalidItems}, invalid
 * elements are left out of the tree. Without {@linkplain CallOptions.Builder#validateResponse validation}, the tree is
 * as it was received.
 *
 * <p>Every call throws {@link XrpcException} if it fails, {@link XrpcRequestException} if its arguments don't match the
 * method, and {@link IllegalArgumentException} if the documents don't define the method. A dynamic client is immutable,
 * cheap to create and thread-safe.
 */
public final class DynamicClient {
    private final Client client;
    private final RuntimeSchemas schemas;

    /**
     * Creates a dynamic client.
     *
     * @param client the client that makes the calls; its defaults apply
     * @param schemas the schemas of the methods that can be called
     */
    public DynamicClient(Client client, RuntimeSchemas schemas) {
        this.client = Objects.requireNonNull(client, "client");
        this.schemas = Objects.requireNonNull(schemas, "schemas");
    }

    /** Returns the client that makes the calls. */
    public Client client() {
        return client;
    }

    /** Returns the schemas of the methods that can be called. */
    public RuntimeSchemas schemas() {
        return schemas;
    }

    /** Calls a query, or a procedure without input. */
    public LexValue call(String nsid, LexMap parameters) {
        return call(nsid, parameters, null, CallOptions.DEFAULTS);
    }

    /** Like {@link #call(String, LexMap)}, with call options. */
    public LexValue call(String nsid, LexMap parameters, CallOptions options) {
        return call(nsid, parameters, null, options);
    }

    /**
     * Calls a query or a procedure.
     *
     * @param parameters the URL parameters
     * @param input the JSON body, or null if there is none; if all fields of a procedure's input are optional, null
     *     means an empty object
     */
    public LexValue call(String nsid, LexMap parameters, @Nullable LexValue input) {
        return call(nsid, parameters, input, CallOptions.DEFAULTS);
    }

    /** Like {@link #call(String, LexMap, LexValue)}, with call options. */
    public LexValue call(String nsid, LexMap parameters, @Nullable LexValue input, CallOptions options) {
        return xrpc(nsid, parameters, input, options).body();
    }

    /** Like {@link #call(String, LexMap, LexValue, CallOptions)}, but returns the whole response. */
    public XrpcResponse<LexValue> xrpc(String nsid, LexMap parameters, @Nullable LexValue input, CallOptions options) {
        return send(json(schemas.method(nsid), parameters, input), options);
    }

    /** Like {@link #xrpc}, but returns success or failure as a value instead of throwing an {@link XrpcException}. */
    public XrpcResult<LexValue> attempt(String nsid, LexMap parameters, @Nullable LexValue input, CallOptions options) {
        try {
            return new XrpcResult.Success<>(xrpc(nsid, parameters, input, options));
        } catch (XrpcException e) {
            return new XrpcResult.Failure<>(e);
        }
    }

    /** Calls a procedure that takes bytes. If the method accepts several media types, the type is detected. */
    public LexValue callBinary(String nsid, LexMap parameters, RequestBody body) {
        return callBinary(nsid, parameters, body, CallOptions.DEFAULTS);
    }

    /**
     * Like {@link #callBinary(String, LexMap, RequestBody)}, with call options. {@link CallOptions.Builder#encoding}
     * sets the media type.
     */
    public LexValue callBinary(String nsid, LexMap parameters, RequestBody body, CallOptions options) {
        return xrpcBinary(nsid, parameters, body, options).body();
    }

    /** Like {@link #callBinary(String, LexMap, RequestBody, CallOptions)}, but returns the whole response. */
    public XrpcResponse<LexValue> xrpcBinary(String nsid, LexMap parameters, RequestBody body, CallOptions options) {
        Method<?> method = schemas.method(nsid);
        String encoding = method.inputEncoding();
        if (encoding == null || encoding.equals(MediaType.JSON)) {
            throw new XrpcRequestException(method, "the method doesn't accept bytes", null);
        }
        return send(binary(method, encoding, parameters, body), options);
    }

    /**
     * Returns the pages of a query that has a {@code cursor}, like
     * {@link Client#pages(Query, java.util.function.Consumer)}:
     * {@code pages(nsid, parameters).items(page -> page.getArray("feed"))}.
     *
     * @param parameters the URL parameters; a {@code cursor} among them selects the first page
     * @throws IllegalArgumentException if the query or its output has no cursor, or the documents don't define the
     *     query
     */
    public Pages<LexMap> pages(String nsid, LexMap parameters) {
        return pages(nsid, parameters, CallOptions.DEFAULTS);
    }

    /** Like {@link #pages(String, LexMap)}, with call options. */
    public Pages<LexMap> pages(String nsid, LexMap parameters, CallOptions options) {
        return Pages.of(this, nsid, parameters, options);
    }

    /**
     * Calls a query whose output is an object. Without validation, only the response shows whether the output is an
     * object.
     */
    LexMap object(String nsid, LexMap parameters, CallOptions options) {
        return Codecs.MAP.fromValue(call(nsid, parameters, null, options), ReadOptions.LENIENT);
    }

    /** Like {@link Client#stream(Call, CallOptions)}, for a query or a procedure. The caller closes the response. */
    public TransportResponse stream(String nsid, LexMap parameters, @Nullable LexValue input, CallOptions options) {
        return client.stream(json(schemas.method(nsid), parameters, input), options);
    }

    /**
     * Calls a query that no document defines. A JSON response is parsed but not validated.
     *
     * @throws InvalidSyntaxException if the NSID is invalid
     */
    public XrpcResponse<LexValue> queryUnchecked(String nsid, LexMap parameters, CallOptions options) {
        Method<LexValue> method = new Query<>(Nsid.of(nsid).toString(), Unit.CODEC, Output.undeclared(), List.of());
        return send(Call.untyped(method, UntypedObject.of(parameters), CallBody.None.INSTANCE), options);
    }

    /**
     * Calls a procedure that no document defines. A JSON response is parsed but not validated.
     *
     * @param parameters the URL parameters
     * @param input the JSON body, or null if there is none
     * @throws InvalidSyntaxException if the NSID is invalid
     */
    public XrpcResponse<LexValue> procedureUnchecked(
            String nsid, LexMap parameters, @Nullable LexValue input, CallOptions options) {
        Method<LexValue> method = new ValueProcedure<>(
                Nsid.of(nsid).toString(), Unit.CODEC, Codecs.VALUE, Output.undeclared(), List.of());
        return send(Call.untyped(method, UntypedObject.of(parameters), body(Codecs.VALUE, input)), options);
    }

    /**
     * Like {@link #procedureUnchecked}, with bytes.
     *
     * @param body the bytes, whose media type {@link CallOptions.Builder#encoding} sets
     * @throws InvalidSyntaxException if the NSID is invalid
     */
    public XrpcResponse<LexValue> binaryUnchecked(
            String nsid, LexMap parameters, RequestBody body, CallOptions options) {
        Method<LexValue> method =
                new BinaryProcedure<>(Nsid.of(nsid).toString(), Unit.CODEC, "*/*", Output.undeclared(), List.of());
        return send(binary(method, "*/*", parameters, body), options);
    }

    /**
     * Parses strings, such as command-line arguments, into parameters of the types in the method's document.
     *
     * @param values the values of each parameter by name; only arrays may have several
     * @throws IllegalArgumentException if a name is unknown, a value is invalid, or a required parameter is missing;
     *     the message gives the parameter's name
     */
    public LexMap paramsFromText(String nsid, Map<String, List<String>> values) {
        return TextParameters.parse(schemas, nsid, values);
    }

    /** Returns the client's description. */
    @Override
    public String toString() {
        return "DynamicClient[" + client + "]";
    }

    private static Call<?> json(Method<?> method, LexMap parameters, @Nullable LexValue input) {
        return Call.untyped(method, UntypedObject.of(parameters), json(method, input));
    }

    private static CallBody json(Method<?> method, @Nullable LexValue input) {
        String encoding = method.inputEncoding();
        if (encoding == null) {
            if (input != null) {
                throw new XrpcRequestException(
                        method, "the " + (method.isQuery() ? "query" : "procedure") + " doesn't accept an input", null);
            }
            return CallBody.None.INSTANCE;
        }
        if (!encoding.equals(MediaType.JSON)) {
            throw new XrpcRequestException(method, "the method accepts bytes, not JSON: use callBinary", null);
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
            throw new XrpcRequestException(method, "the method requires an input: " + e.getMessage(), e);
        }
        return LexMap.of();
    }

    private <O> XrpcResponse<LexValue> send(Call<O> call, CallOptions options) {
        XrpcResponse<O> response = client.xrpc(call, options);
        LexValue body = response.body() instanceof LexValue value ? value : LexNull.NULL;
        return response.with(body);
    }
}
