package dev.atlex.client;

import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.LexValue;
import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.Method;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A method with what it is called with: for {@link Client#xrpc} and {@link Client#attempt}, where the plain
 * {@link Client#call(Query, Buildable) call} does not do.
 *
 * @param <O> the type of the answer
 */
public final class Call<O> {
    private final Method<O> method;
    private final @Nullable LexObject parameters;
    private final @Nullable LexObject input;
    private final @Nullable LexValue value;
    private final @Nullable RequestBody body;

    private Call(
            Method<O> method, @Nullable LexObject parameters, @Nullable LexObject input, @Nullable RequestBody body) {
        this(method, parameters, input, null, body);
    }

    private Call(
            Method<O> method,
            @Nullable LexObject parameters,
            @Nullable LexObject input,
            @Nullable LexValue value,
            @Nullable RequestBody body) {
        this.method = method;
        this.parameters = parameters;
        this.input = input;
        this.value = value;
        this.body = body;
    }

    /**
     * A query without parameters, or with none but optional ones.
     *
     * @throws IllegalStateException if it has required ones
     */
    public static <P extends LexObject, B extends ObjectBuilder<P, B>, O> Call<O> of(Query<P, B, O> query) {
        return new Call<>(query, query.parameters().newBuilder().build(), null, null);
    }

    /** A query with its parameters. */
    public static <P extends LexObject, B extends ObjectBuilder<P, B>, O> Call<O> of(
            Query<P, B, O> query, Buildable<P, B> parameters) {
        return new Call<>(query, (LexObject) parameters, null, null);
    }

    /** A query with the parameters that the function sets. */
    public static <P extends LexObject, B extends ObjectBuilder<P, B>, O> Call<O> of(
            Query<P, B, O> query, Consumer<? super B> parameters) {
        B builder = query.parameters().newBuilder();
        parameters.accept(builder);
        return new Call<>(query, builder.build(), null, null);
    }

    /**
     * A procedure without input, or with none but optional fields.
     *
     * @throws IllegalStateException if it has required ones
     */
    public static <I extends LexObject, B extends ObjectBuilder<I, B>, O> Call<O> of(Procedure<I, B, O> procedure) {
        return of(procedure, none -> {});
    }

    /** A procedure with its input. */
    public static <I extends LexObject, B extends ObjectBuilder<I, B>, O> Call<O> of(
            Procedure<I, B, O> procedure, Buildable<I, B> input) {
        return new Call<>(procedure, null, input instanceof Unit ? null : (LexObject) input, null);
    }

    /** A procedure with the input that the function sets. */
    public static <I extends LexObject, B extends ObjectBuilder<I, B>, O> Call<O> of(
            Procedure<I, B, O> procedure, Consumer<? super B> input) {
        B builder = procedure.input().newBuilder();
        input.accept(builder);
        I built = builder.build();
        return new Call<>(procedure, null, built instanceof Unit ? null : built, null);
    }

    /** A procedure whose input is a union, or JSON without a schema. */
    public static <I, O> Call<O> of(ValueProcedure<I, O> procedure, I input) {
        return new Call<>(procedure, null, null, procedure.input().toValue(input), null);
    }

    /** A procedure with bytes; {@link CallOptions.Builder#encoding} says of which media type. */
    public static <O> Call<O> of(BinaryProcedure<O> procedure, RequestBody body) {
        return new Call<>(procedure, null, null, body);
    }

    static <O> Call<O> with(Query<?, ?, O> query, LexObject parameters) {
        return new Call<>(query, parameters, null, null);
    }

    /** One of a method that is known at run time only. */
    static <O> Call<O> untyped(
            Method<O> method, LexObject parameters, @Nullable LexValue value, @Nullable RequestBody body) {
        return new Call<>(method, parameters, null, value, body);
    }

    /** The same with parameters in the URL: for the few procedures that have such. */
    public Call<O> withParameters(LexObject parameters) {
        return new Call<>(method, parameters, input, value, body);
    }

    public Method<O> method() {
        return method;
    }

    /** The parameters of the URL, or null. */
    public @Nullable LexObject parameters() {
        return parameters;
    }

    /** The JSON body, or null: the method takes none, or one that is no object of one class. */
    public @Nullable LexObject input() {
        return input;
    }

    /** The JSON body of a {@link ValueProcedure}, or null. */
    public @Nullable LexValue value() {
        return value;
    }

    /** The binary body, or null. */
    public @Nullable RequestBody body() {
        return body;
    }

    @Override
    public String toString() {
        return "Call[" + method.nsid() + "]";
    }
}
