package dev.atlex.client.internal;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponse;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import java.time.Duration;
import java.time.Instant;
import java.util.function.Function;

/** Makes calls: one request after another, until one succeeds or nothing is left to try. */
public final class Xrpc {
    /** A time limit that no call lives to see, and that can be added to any date. */
    private static final Duration FOR_EVER = Duration.ofDays(36_500);

    private final Agent agent;
    private final Timing timing;

    public Xrpc(Agent agent, Timing timing) {
        this.agent = agent;
        this.timing = timing;
    }

    /**
     * Makes the call and reads the answer.
     *
     * @throws XrpcException if it brings no result
     */
    public <O> XrpcResponse<O> call(Call<O> call, CallOptions options) {
        return attempts(call, options, response -> ResponseParser.parse(call.method(), response, options));
    }

    /**
     * Makes the call and leaves the answer's body to the caller, who closes it.
     *
     * @throws XrpcException if it brings no result
     */
    public TransportResponse stream(Call<?> call, CallOptions options) {
        return attempts(call, options, response -> {
            ResponseParser.checkStream(call.method(), response);
            return response;
        });
    }

    private <T> T attempts(Call<?> call, CallOptions options, Function<TransportResponse, T> parser) {
        AgentRequest request = RequestWriter.write(call, options);
        Instant deadline = timing.clock().instant().plus(min(options.timeout(), FOR_EVER));
        for (int attempt = 1; ; attempt++) {
            XrpcException failure;
            try {
                return attempt(call, request, parser);
            } catch (XrpcException e) {
                failure = e;
            }
            Duration wait = request.isReplayable()
                    ? Retries.delay(call.method(), failure, options.retries(), attempt, timing)
                    : null;
            Duration left = Duration.between(timing.clock().instant(), deadline);
            if (wait == null || wait.compareTo(left) >= 0) {
                throw failure;
            }
            pause(wait, failure);
            // Waiting may take longer than it should.
            Duration rest = Duration.between(timing.clock().instant(), deadline);
            if (rest.isNegative() || rest.isZero()) {
                throw failure;
            }
            request = request.withTimeout(rest);
        }
    }

    private <T> T attempt(Call<?> call, AgentRequest request, Function<TransportResponse, T> parser) {
        try {
            return parser.apply(agent.send(request));
        } catch (TransportException e) {
            throw new XrpcTransportException(call.method(), e);
        }
    }

    private static Duration min(Duration a, Duration b) {
        return a.compareTo(b) <= 0 ? a : b;
    }

    private void pause(Duration wait, XrpcException failure) {
        try {
            timing.sleeper().sleep(wait);
        } catch (TransportException e) {
            XrpcTransportException interrupted = new XrpcTransportException(failure.method(), e);
            interrupted.addSuppressed(failure);
            throw interrupted;
        }
    }
}
