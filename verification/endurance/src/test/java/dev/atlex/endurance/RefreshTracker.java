package dev.atlex.endurance;

import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.SessionEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Tracks the requests and events of one session, to decide whether a call may fail with an expired token. It may fail
 * only if the session couldn't refresh the token in time.
 */
final class RefreshTracker {
    /** The tolerance for the delay between an event in the session and its arrival here. */
    private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(250);

    /** The state of a call in progress. */
    private static final class CallState {
        final long start = System.nanoTime();

        @Nullable
        String token;

        boolean rejected;
    }

    /** A time without refreshes, because a refresh had just failed. */
    private record Span(long from, long until) {}

    private final ThreadLocal<CallState> calls = ThreadLocal.withInitial(CallState::new);
    private final List<Span> failing = new ArrayList<>();

    /** For each new token that the server rejected as expired: the end of the pause before it may be refreshed. */
    private final Map<String, Long> waiting = new HashMap<>();

    /** The number of consecutive rejections of new tokens. */
    private int rejectionsInARow;

    /** Wraps a transport to track its requests. */
    Transport watch(Transport transport) {
        return request -> {
            String token = request.headers().first("authorization");
            if (token == null || request.uri().getPath().contains("refreshSession")) {
                return transport.send(request);
            }
            return sent(request, token, transport);
        };
    }

    private TransportResponse sent(TransportRequest request, String token, Transport transport) {
        CallState state = calls.get();
        // After a rejection, the call is repeated only with a token that was refreshed because of it.
        boolean repeated = state.rejected && !token.equals(state.token);
        state.token = token;
        state.rejected = false;
        TransportResponse response = transport.send(request);
        state.rejected = response.status() == 400 || response.status() == 401;
        if (repeated) {
            tokenRefreshed(token, state.rejected);
        }
        return response;
    }

    private synchronized void tokenRefreshed(String token, boolean rejected) {
        if (!rejected) {
            rejectionsInARow = 0;
        } else if (!waiting.containsKey(token)) {
            // 1 s, 2 s, 4 s… If two calls end at the same time, the session may see the other one first.
            Duration pause = Duration.ofSeconds(1L << Math.min(++rejectionsInARow, 8));
            waiting.put(token, System.nanoTime() + pause.toNanos());
        }
    }

    /** Records an event of the session. */
    synchronized void note(SessionEvent event) {
        long now = System.nanoTime();
        if (event instanceof SessionEvent.RefreshFailed failed) {
            failing.add(new Span(
                    now, now + Duration.between(Instant.now(), failed.retryAt()).toNanos()));
        } else if (event instanceof SessionEvent.Refreshed) {
            failing.replaceAll(span -> span.until() - now > 0 ? new Span(span.from(), now) : span);
        }
    }

    /** Starts tracking a call by this thread. */
    void begin() {
        calls.remove();
        calls.get();
    }

    /**
     * Returns why this thread's last call may fail with an expired token, or null if it must not.
     *
     * @param limit the call's timeout
     */
    @Nullable
    String excuse(Duration limit) {
        CallState state = calls.get();
        long end = System.nanoTime();
        if (end - state.start > limit.toNanos() - SLACK) {
            return "no time to refresh";
        }
        synchronized (this) {
            if (failing.stream().anyMatch(span -> span.from() - end <= 0 && span.until() + SLACK - state.start > 0)) {
                return "refresh failed";
            }
            Long until = waiting.get(state.token);
            return until != null && state.start - until < SLACK ? "refreshed, and expired again" : null;
        }
    }
}
