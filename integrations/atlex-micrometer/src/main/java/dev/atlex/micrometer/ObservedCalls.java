package dev.atlex.micrometer;

import dev.atlex.client.CallObservation;
import dev.atlex.client.CallObserver;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.schema.Method;
import dev.atlex.session.ratelimit.RateLimitListener;
import dev.atlex.syntax.Nsid;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.observation.transport.Kind;
import io.micrometer.observation.transport.SenderContext;
import java.time.Duration;

/**
 * Observes calls with Micrometer's Observation API, which turns them into metrics and traces, depending on the
 * registry's handlers.
 *
 * <pre>{@code
 * ObservedCalls observed = new ObservedCalls(observationRegistry);
 * SessionOptions options = SessionOptions.of(o -> o.observer(observed));
 * RateLimiter limiter = RateLimiter.create(o -> o.listener(observed));
 * }</pre>
 *
 * <table>
 * <caption>Observations</caption>
 * <tr><td>{@code atlex.call}</td><td>a call with all of its attempts, named after its NSID in traces.
 *     {@code nsid} is the method; {@code outcome} is one of {@code success}, {@code refused} (any other 4xx status),
 *     {@code rate_limited} (429), {@code server_error} (a 5xx status), {@code invalid_response}, {@code network},
 *     {@code timeout}, {@code interrupted}, {@code session_ended}, {@code session} (the session can't be used at the
 *     moment), {@code limiter} (the {@code RateLimiter} would have had to wait too long) or {@code other}</td></tr>
 * <tr><td>{@code atlex.limiter.wait}</td><td>the time that a request waits for the rate limiter; {@code nsid} is the
 *     method</td></tr>
 * </table>
 *
 * <table>
 * <caption>Events of {@code atlex.call}</caption>
 * <tr><td>{@code retry}</td><td>a failed attempt is about to be retried</td></tr>
 * <tr><td>{@code rate.limited}</td><td>an attempt was refused with status 429</td></tr>
 * </table>
 *
 * <p>With a {@code DefaultMeterObservationHandler}, each observation is a timer of the same name, and each event a
 * counter, such as {@code atlex.call.retry}. No key contains a DID or a handle. In traces, a call is a client span. No
 * headers are added to requests, because third parties run the network's servers, and they must not learn about traces.
 *
 * <p>A call is a child of the observation that is current on its thread. Futures run on the executor of
 * {@code client.async(executor)}, so that executor has to propagate the context. An instance is thread-safe.
 */
public final class ObservedCalls implements CallObserver, RateLimitListener {
    private static final String NSID = "nsid";
    private static final int TOO_MANY_REQUESTS = 429;

    private final ObservationRegistry registry;

    /**
     * Creates an observer.
     *
     * @param registry the registry for the observations
     */
    public ObservedCalls(ObservationRegistry registry) {
        this.registry = registry;
    }

    @Override
    public CallObservation start(Method<?> method) {
        String nsid = method.nsid().toString();
        SenderContext<Object> context = new SenderContext<>((carrier, key, value) -> {}, Kind.CLIENT);
        context.setCarrier(nsid);
        Observation observation = Observation.createNotStarted("atlex.call", () -> context, registry)
                .contextualName(nsid)
                .lowCardinalityKeyValue(NSID, nsid)
                .start();
        return new Running(observation, observation.openScope());
    }

    @Override
    public Runnable onWait(String method) {
        Observation wait = Observation.createNotStarted("atlex.limiter.wait", registry)
                .contextualName("wait for rate limit")
                // A program's own agent may send requests with any path.
                .lowCardinalityKeyValue(NSID, Nsid.isValid(method) ? method : "other")
                .start();
        return wait::stop;
    }

    private record Running(Observation observation, Observation.Scope scope) implements CallObservation {
        @Override
        public void retrying(XrpcException failure, int attempt, Duration wait) {
            noteRateLimit(failure);
            observation.event(Observation.Event.of("retry", "attempt " + attempt + " failed"));
        }

        @Override
        public void succeeded() {
            stop("success");
        }

        @Override
        public void failed(Throwable failure) {
            noteRateLimit(failure);
            observation.error(failure);
            stop(Outcomes.of(failure));
        }

        private void noteRateLimit(Throwable failure) {
            if (failure instanceof XrpcResponseException refusal && refusal.status() == TOO_MANY_REQUESTS) {
                observation.event(Observation.Event.of("rate.limited", "status 429"));
            }
        }

        private void stop(String outcome) {
            observation.lowCardinalityKeyValue("outcome", outcome);
            scope.close();
            observation.stop();
        }
    }
}
