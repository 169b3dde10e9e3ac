package dev.atlex.testkit.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What is done to one request. */
public final class FaultPlan {
    /** What becomes of the request. */
    public enum Kind {
        NONE,
        DROP_BEFORE,
        DROP_AFTER,
        TRUNCATE,
        EMPTY,
        CONTENT_TYPE,
        RATE_LIMITED,
        INSTEAD
    }

    private final Kind kind;
    private final Duration delay;
    private final @Nullable Response instead;
    private final String contentType;
    private final int seconds;

    private FaultPlan(Kind kind, Duration delay, @Nullable Response instead, String contentType, int seconds) {
        this.kind = kind;
        this.delay = delay;
        this.instead = instead;
        this.contentType = contentType;
        this.seconds = seconds;
    }

    public static FaultPlan of(Kind kind) {
        return new FaultPlan(kind, Duration.ZERO, null, "", 0);
    }

    public static FaultPlan answer(int status, Map<String, String> headers, byte[] body) {
        Response answer = new Response(status, body);
        answer.headers.putAll(headers);
        return new FaultPlan(Kind.INSTEAD, Duration.ZERO, answer, "", 0);
    }

    public static FaultPlan error(int status, String error, String message, Map<String, String> headers) {
        Response answer = Response.error(new XrpcError(status, error, message));
        answer.headers.putAll(headers);
        return new FaultPlan(Kind.INSTEAD, Duration.ZERO, answer, "", 0);
    }

    public static FaultPlan contentType(String contentType) {
        return new FaultPlan(Kind.CONTENT_TYPE, Duration.ZERO, null, contentType, 0);
    }

    public static FaultPlan rateLimited(int seconds) {
        return new FaultPlan(Kind.RATE_LIMITED, Duration.ZERO, null, "", seconds);
    }

    public FaultPlan after(Duration before) {
        return new FaultPlan(kind, before, instead, contentType, seconds);
    }

    Duration delay() {
        return delay;
    }

    /** The answer that is given without asking the server, or null where the server is to be asked. */
    @Nullable
    Delivery instead(Clock clock) {
        if (kind == Kind.DROP_BEFORE) {
            return Delivery.NONE;
        }
        if (kind == Kind.RATE_LIMITED) {
            long now = clock.instant().getEpochSecond();
            return Delivery.whole(RateLimits.refusal(30, 300, now + seconds, seconds));
        }
        return instead == null ? null : Delivery.whole(instead);
    }

    /** What becomes of the server's answer. */
    Delivery spoil(Response answer) {
        return switch (kind) {
            case DROP_AFTER -> Delivery.NONE;
            case TRUNCATE -> Delivery.truncated(answer);
            case EMPTY -> Delivery.whole(answer.withBody(new byte[0]));
            case CONTENT_TYPE -> Delivery.whole(answer.withBody(answer.body).with("content-type", contentType));
            default -> Delivery.whole(answer);
        };
    }
}
