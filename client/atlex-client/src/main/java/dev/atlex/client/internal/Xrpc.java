package dev.atlex.client.internal;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponse;
import dev.atlex.client.transport.TransportResponse;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Makes calls. */
public final class Xrpc {
    private final Agent agent;
    private final TimeSource timing;

    public Xrpc(Agent agent, TimeSource timing) {
        this.agent = agent;
        this.timing = timing;
    }

    /**
     * Makes the call and reads the answer.
     *
     * @throws XrpcException if it brings no result
     */
    public <O> XrpcResponse<O> call(Call<O> call, CallOptions options) {
        return call(call, options, null);
    }

    /**
     * As {@link #call(Call, CallOptions)}.
     *
     * @param settlement what makes the call safe to repeat, or null
     */
    public <O> XrpcResponse<O> call(
            Call<O> call, CallOptions options, @Nullable OutcomeCheck<XrpcResponse<O>> settlement) {
        return attempts(call, options, response -> ResponseParser.parse(call.method(), response, options), settlement);
    }

    /**
     * Makes the call and leaves the answer's body to the caller, who closes it.
     *
     * @throws XrpcException if it brings no result
     */
    public TransportResponse stream(Call<?> call, CallOptions options) {
        Function<TransportResponse, TransportResponse> parser = response -> {
            ResponseParser.checkStream(call.method(), response, options);
            return response;
        };
        return attempts(call, options, parser, null);
    }

    private <T> T attempts(
            Call<?> call,
            CallOptions options,
            Function<TransportResponse, T> parser,
            @Nullable OutcomeCheck<T> settlement) {
        AgentRequest first = RequestWriter.write(call, options);
        return new RetryLoop<>(
                        call.method(), first, options, timing, request -> parser.apply(agent.send(request)), settlement)
                .run();
    }
}
