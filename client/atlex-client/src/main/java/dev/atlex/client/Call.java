package dev.atlex.client;

import dev.atlex.client.transport.RequestBody;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.Method;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A method with its parameters and input. {@link Client#xrpc}, {@link Client#attempt} and {@link Client#stream} take
 * one; for everything else, {@link Client#call(Query, Consumer)} is shorter. A call is immutable and can be made
 * repeatedly, unless its body is a stream.
 *
 * @param <O> the type of the output
 */
public final class Call<O> {
    private final Method<O> method;
    private final @Nullable LexObject parameters;
    private final CallBody body;

    private Call(Method<O> method, @Nullable LexObject parameters, CallBody body) {
        this.method = method;
        this.parameters = parameters;
        this.body = body;
    }

    /**
     * Creates a call to a query without parameters, or with only optional ones.
     *
     * @throws IllegalStateException if the query has required parameters
     */
    public static <P extends LexObject, B extends ObjectBuilder<P, B>, O> Call<O> of(Query<P, B, O> query) {
        return of(query, none -> {});
    }

    /** Creates a call to a query with parameters. */
    public static <P extends LexObject, B extends ObjectBuilder<P, B>, O> Call<O> of(
            Query<P, B, O> query, Buildable<P, B> parameters) {
        Objects.requireNonNull(parameters, "parameters");
        return query(query, (LexObject) parameters);
    }

    /**
     * Creates a call to a query with parameters set by the function.
     *
     * @throws IllegalStateException if the function leaves out a required parameter
     */
    public static <P extends LexObject, B extends ObjectBuilder<P, B>, O> Call<O> of(
            Query<P, B, O> query, Consumer<? super B> parameters) {
        Objects.requireNonNull(query, "query");
        return query(query, build(query.parameters().newBuilder(), parameters, "parameters"));
    }

    /**
     * Creates a call to a procedure without input, or with only optional fields.
     *
     * @throws IllegalStateException if the input has required fields
     */
    public static <I extends LexObject, B extends ObjectBuilder<I, B>, O> Call<O> of(Procedure<I, B, O> procedure) {
        return of(procedure, none -> {});
    }

    /** Creates a call to a procedure with an input. */
    public static <I extends LexObject, B extends ObjectBuilder<I, B>, O> Call<O> of(
            Procedure<I, B, O> procedure, Buildable<I, B> input) {
        Objects.requireNonNull(procedure, "procedure");
        Objects.requireNonNull(input, "input");
        return procedure(procedure, (LexObject) input);
    }

    /**
     * Creates a call to a procedure with input set by the function.
     *
     * @throws IllegalStateException if the function leaves out a required field
     */
    public static <I extends LexObject, B extends ObjectBuilder<I, B>, O> Call<O> of(
            Procedure<I, B, O> procedure, Consumer<? super B> input) {
        Objects.requireNonNull(procedure, "procedure");
        return procedure(procedure, build(procedure.input().newBuilder(), input, "input"));
    }

    /** Creates a call to a procedure whose input is a union, or JSON without a schema. */
    public static <I, O> Call<O> of(ValueProcedure<I, O> procedure, I input) {
        Objects.requireNonNull(procedure, "procedure");
        Objects.requireNonNull(input, "input");
        return new Call<>(
                procedure,
                null,
                new CallBody.JsonValue(procedure.input(), procedure.input().toValue(input)));
    }

    /** Creates a call to a procedure that takes bytes; {@link CallOptions.Builder#encoding} sets their media type. */
    public static <O> Call<O> of(BinaryProcedure<O> procedure, RequestBody body) {
        Objects.requireNonNull(procedure, "procedure");
        Objects.requireNonNull(body, "body");
        return new Call<>(procedure, null, new CallBody.Binary(procedure.encoding(), body));
    }

    /** Creates a call to a query with parameters that are known to be of the query's class. */
    static <O> Call<O> query(Query<?, ?, O> query, LexObject parameters) {
        Objects.requireNonNull(query, "query");
        return new Call<>(query, parameters, CallBody.None.INSTANCE);
    }

    /** Creates a call to a method that is known only at run time. */
    static <O> Call<O> untyped(Method<O> method, LexObject parameters, CallBody body) {
        return new Call<>(method, parameters, body);
    }

    private static <O> Call<O> procedure(Procedure<?, ?, O> procedure, LexObject input) {
        boolean empty = input instanceof Unit;
        return new Call<>(procedure, null, empty ? CallBody.None.INSTANCE : new CallBody.JsonObject(procedure, input));
    }

    private static <T extends LexObject, B extends ObjectBuilder<T, B>> T build(
            B builder, Consumer<? super B> function, String name) {
        Objects.requireNonNull(function, name).accept(builder);
        return builder.build();
    }

    /** Returns the same call with parameters in the URL, for the few procedures that have such parameters. */
    public Call<O> withParameters(LexObject parameters) {
        return new Call<>(method, Objects.requireNonNull(parameters, "parameters"), body);
    }

    /** Returns the method. */
    public Method<O> method() {
        return method;
    }

    /** Returns the URL parameters, or null if there are none. */
    public @Nullable LexObject parameters() {
        return parameters;
    }

    /** Returns the body of the request. */
    public CallBody body() {
        return body;
    }

    /** Returns the method's NSID, but neither the parameters nor the body, because they may contain secrets. */
    @Override
    public String toString() {
        return "Call[" + method.nsid() + "]";
    }
}
