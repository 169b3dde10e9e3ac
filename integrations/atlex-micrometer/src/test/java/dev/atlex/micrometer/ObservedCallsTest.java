package dev.atlex.micrometer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.atproto.server.DescribeServer;
import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.ratelimit.RateLimitRule;
import dev.atlex.session.ratelimit.RateLimiter;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.observation.DefaultMeterObservationHandler;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.micrometer.observation.Observation;
import io.micrometer.observation.ObservationRegistry;
import io.micrometer.tracing.handler.DefaultTracingObservationHandler;
import io.micrometer.tracing.handler.PropagatingSenderTracingObservationHandler;
import io.micrometer.tracing.otel.bridge.OtelCurrentTraceContext;
import io.micrometer.tracing.otel.bridge.OtelPropagator;
import io.micrometer.tracing.otel.bridge.OtelTracer;
import io.opentelemetry.api.trace.SpanKind;
import io.opentelemetry.api.trace.StatusCode;
import io.opentelemetry.api.trace.Tracer;
import io.opentelemetry.api.trace.propagation.W3CTraceContextPropagator;
import io.opentelemetry.context.propagation.ContextPropagators;
import io.opentelemetry.sdk.testing.exporter.InMemorySpanExporter;
import io.opentelemetry.sdk.trace.SdkTracerProvider;
import io.opentelemetry.sdk.trace.data.SpanData;
import io.opentelemetry.sdk.trace.export.SimpleSpanProcessor;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class ObservedCallsTest {
    private static final String GET_SESSION = "com.atproto.server.getSession";
    private static final String CREATE_SESSION = "com.atproto.server.createSession";

    private final SimpleMeterRegistry meters = new SimpleMeterRegistry();
    private final ObservationRegistry observations = ObservationRegistry.create();
    private final InMemorySpanExporter spans = InMemorySpanExporter.create();
    private final ObservedCalls observed = new ObservedCalls(observations);
    private SdkTracerProvider tracers;
    private LocalPds pds;
    private PasswordSession session;
    private Client client;

    @BeforeEach
    void signIn() {
        tracers = SdkTracerProvider.builder()
                .addSpanProcessor(SimpleSpanProcessor.create(spans))
                .build();
        Tracer tracer = tracers.get("test");
        OtelTracer bridge = new OtelTracer(tracer, new OtelCurrentTraceContext(), event -> {});
        observations
                .observationConfig()
                .observationHandler(new DefaultMeterObservationHandler(meters))
                .observationHandler(
                        new io.micrometer.observation.ObservationHandler.FirstMatchingCompositeObservationHandler(
                                new PropagatingSenderTracingObservationHandler<>(
                                        bridge,
                                        new OtelPropagator(
                                                ContextPropagators.create(W3CTraceContextPropagator.getInstance()),
                                                tracer)),
                                new DefaultTracingObservationHandler(bridge)));
        pds = LocalPds.start(o -> o.account("alice.test", "password"));
        session = PasswordSession.login(
                Credentials.of(pds.url().toString(), "alice.test", "password"),
                SessionOptions.of(o -> o.observer(observed)));
        client = new Client(session);
    }

    @AfterEach
    void stop() {
        pds.close();
        tracers.close();
    }

    /** The example in the Javadoc. */
    @Test
    void observedCalls_canBeUsedAsObserverAndListener() {
        ObservationRegistry observationRegistry = observations;
        ObservedCalls observed = new ObservedCalls(observationRegistry);
        SessionOptions options = SessionOptions.of(o -> o.observer(observed));
        RateLimiter limiter = RateLimiter.create(o -> o.listener(observed));

        assertThat(options.observer()).isSameAs(observed);
        assertThat(limiter).isNotNull();
    }

    private long calls(String nsid, String outcome) {
        return meters.get("atlex.call")
                .tag("nsid", nsid)
                .tag("outcome", outcome)
                .timer()
                .count();
    }

    private double events(String name) {
        return meters.get("atlex.call." + name)
                .tag("nsid", GET_SESSION)
                .counter()
                .count();
    }

    private SpanData span(String name) {
        List<SpanData> found = spans.getFinishedSpanItems().stream()
                .filter(span -> span.getName().equals(name))
                .toList();
        assertThat(found).hasSize(1);
        return found.get(0);
    }

    @Nested
    class Metrics {
        @Test
        void calls_areTimedPerMethodAndOutcome() {
            client.call(GetSession.QUERY);
            client.call(DescribeServer.QUERY);
            client.call(DescribeServer.QUERY);

            assertThat(calls(GET_SESSION, "success")).isEqualTo(1);
            assertThat(calls("com.atproto.server.describeServer", "success")).isEqualTo(2);
        }

        @Test
        void session_reportsItsOwnCalls() {
            session.refresh();

            assertThat(calls(CREATE_SESSION, "success")).isEqualTo(1);
            assertThat(calls("com.atproto.server.refreshSession", "success")).isEqualTo(1);
        }

        @Test
        void retries_areEventsOfOneCall() {
            pds.faults().next(GET_SESSION, Fault.status(503)).next(GET_SESSION, Fault.status(502));
            client.with(o -> o.retries(r -> r.maxRetries(3).minDelay(Duration.ofMillis(1))))
                    .call(GetSession.QUERY);

            assertThat(events("retry")).isEqualTo(2);
            assertThat(calls(GET_SESSION, "success")).isEqualTo(1);
        }

        @Test
        void rateLimitedAttempts_areEvents() {
            pds.faults().next(GET_SESSION, Fault.rateLimited(60));

            assertThatThrownBy(() -> client.call(GetSession.QUERY)).isInstanceOf(XrpcResponseException.class);
            assertThat(events("rate.limited")).isEqualTo(1);
            assertThat(calls(GET_SESSION, "rate_limited")).isEqualTo(1);
        }

        @Test
        void failures_haveTheirOutcome() {
            pds.faults().next(GET_SESSION, Fault.status(400));
            assertThatThrownBy(() -> client.call(GetSession.QUERY)).isInstanceOf(XrpcResponseException.class);
            pds.faults().next(GET_SESSION, Fault.status(500));
            assertThatThrownBy(() -> client.call(GetSession.QUERY)).isInstanceOf(XrpcResponseException.class);
            pds.close();
            assertThatThrownBy(() -> client.call(GetSession.QUERY)).isInstanceOf(XrpcTransportException.class);

            assertThat(calls(GET_SESSION, "refused")).isEqualTo(1);
            assertThat(calls(GET_SESSION, "server_error")).isEqualTo(1);
            assertThat(calls(GET_SESSION, "network")).isEqualTo(1);
        }

        @Test
        void endedSession_isAnOutcome() {
            pds.revokeSessions(session.did());
            assertThatThrownBy(session::refresh).isInstanceOf(SessionEndedException.class);

            assertThatThrownBy(() -> client.call(GetSession.QUERY)).isInstanceOf(SessionEndedException.class);
            assertThat(calls(GET_SESSION, "session_ended")).isEqualTo(1);
        }

        @Test
        void waitsForTheLimiter_areTimed() {
            RateLimiter limiter = RateLimiter.create(
                    o -> o.listener(observed).hostLimits(List.of(new RateLimitRule(1, Duration.ofSeconds(1)))));
            Client limited = new Client(limiter.wrap(session));
            limited.call(GetSession.QUERY);
            limited.call(GetSession.QUERY);

            var waits =
                    meters.get("atlex.limiter.wait").tag("nsid", GET_SESSION).timer();
            assertThat(waits.count()).isEqualTo(1);
            assertThat(calls(GET_SESSION, "success")).isEqualTo(2);
            assertThat(span("wait for rate limit").getParentSpanId()).isNotEqualTo("0000000000000000");
        }

        @Test
        void tags_haveNoAccount() {
            failures_haveTheirOutcome();

            Set<String> tags = meters.getMeters().stream()
                    .map(Meter::getId)
                    .flatMap(id -> id.getTags().stream())
                    .map(tag -> tag.getKey() + "=" + tag.getValue())
                    .collect(Collectors.toSet());
            assertThat(tags)
                    .noneMatch(tag -> tag.contains("did:") || tag.contains("alice") || tag.contains("localhost"))
                    .contains("nsid=" + GET_SESSION, "outcome=refused");
        }
    }

    @Nested
    class Traces {
        @Test
        void call_isClientSpanNamedByNsid() {
            client.call(GetSession.QUERY);

            SpanData span = span(GET_SESSION);
            assertThat(span.getKind()).isEqualTo(SpanKind.CLIENT);
            assertThat(span.getStatus().getStatusCode()).isNotEqualTo(StatusCode.ERROR);
            assertThat(span.getAttributes().asMap().toString()).contains("nsid=" + GET_SESSION, "outcome=success");
            assertThat(span(CREATE_SESSION).getKind()).isEqualTo(SpanKind.CLIENT);
        }

        @Test
        void call_isChildOfCurrentObservation() {
            Observation.createNotStarted("job", observations).observe(() -> {
                client.call(GetSession.QUERY);
            });

            assertThat(span(GET_SESSION).getParentSpanId())
                    .isEqualTo(span("job").getSpanId());
            assertThat(observations.getCurrentObservation()).isNull();
        }

        @Test
        void failedCall_isErrorWithEvents() {
            pds.faults().next(GET_SESSION, Fault.rateLimited(60));
            assertThatThrownBy(() -> client.call(GetSession.QUERY)).isInstanceOf(XrpcResponseException.class);

            SpanData span = span(GET_SESSION);
            assertThat(span.getStatus().getStatusCode()).isEqualTo(StatusCode.ERROR);
            assertThat(span.getEvents()).anyMatch(event -> event.getName().contains("429"));
            assertThat(observations.getCurrentObservation()).isNull();
        }

        @Test
        void requests_containNoTraceHeaders() {
            client.call(GetSession.QUERY);

            assertThat(pds.requests())
                    .isNotEmpty()
                    .allSatisfy(request -> assertThat(request.headers().keySet())
                            .noneMatch(name -> name.equalsIgnoreCase("traceparent")));
        }
    }
}
