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
 * Sees what one session sends and tells, and knows from that whether a call may rightly end with an expired token: only
 * where the session could not get a better one in the call's time.
 */
final class Renewals {
    /** Between what the session knows and what is seen here. */
    private static final long SLACK = TimeUnit.MILLISECONDS.toNanos(250);

    /** What one call has sent so far. */
    private static final class Course {
        final long start = System.nanoTime();

        @Nullable
        String token;

        boolean refused;
    }

    /** When renewing was out of the question, as it had just failed. */
    private record Span(long from, long until) {}

    private final ThreadLocal<Course> courses = ThreadLocal.withInitial(Course::new);
    private final List<Span> failing = new ArrayList<>();

    /** Until when fresh tokens that the server called expired are not renewed. */
    private final Map<String, Long> waiting = new HashMap<>();

    /** How many of those in a row. */
    private int unlucky;

    /** A transport that tells this. */
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
        Course course = courses.get();
        // A refusal is followed by another token only where that has been got for this call.
        boolean again = course.refused && !token.equals(course.token);
        course.token = token;
        course.refused = false;
        TransportResponse response = transport.send(request);
        course.refused = response.status() == 400 || response.status() == 401;
        if (again) {
            renewed(token, course.refused);
        }
        return response;
    }

    private synchronized void renewed(String token, boolean refused) {
        if (!refused) {
            unlucky = 0;
        } else if (!waiting.containsKey(token)) {
            // A second, two, four…; of two calls that end at once the session may see the other one first.
            Duration pause = Duration.ofSeconds(1L << Math.min(++unlucky, 8));
            waiting.put(token, System.nanoTime() + pause.toNanos());
        }
    }

    /** What the session tells. */
    synchronized void note(SessionEvent event) {
        long now = System.nanoTime();
        if (event instanceof SessionEvent.RefreshFailed failed) {
            failing.add(new Span(
                    now, now + Duration.between(Instant.now(), failed.retryAt()).toNanos()));
        } else if (event instanceof SessionEvent.Refreshed) {
            failing.replaceAll(span -> span.until() - now > 0 ? new Span(span.from(), now) : span);
        }
    }

    /** A call of this thread begins. */
    void begin() {
        courses.remove();
        courses.get();
    }

    /**
     * Why this thread's call, which has just ended, may have met an expired token; null where it should have met none.
     *
     * @param limit the time that the call had
     */
    @Nullable
    String excuse(Duration limit) {
        Course course = courses.get();
        long end = System.nanoTime();
        if (end - course.start > limit.toNanos() - SLACK) {
            return "no time to renew";
        }
        synchronized (this) {
            if (failing.stream().anyMatch(span -> span.from() - end <= 0 && span.until() + SLACK - course.start > 0)) {
                return "renewing failed";
            }
            Long until = waiting.get(course.token);
            return until != null && course.start - until < SLACK ? "renewed, and expired again" : null;
        }
    }
}
