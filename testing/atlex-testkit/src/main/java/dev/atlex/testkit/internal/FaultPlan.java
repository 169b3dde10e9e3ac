package dev.atlex.testkit.internal;

import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The way in which a request fails. */
public final class FaultPlan {
    /** The kinds of fault. */
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

    public static FaultPlan respond(int status, Map<String, String> headers, byte[] body) {
        Response response = new Response(status, body);
        response.headers.putAll(headers);
        return new FaultPlan(Kind.INSTEAD, Duration.ZERO, response, "", 0);
    }

    public static FaultPlan error(int status, String error, String message, Map<String, String> headers) {
        Response response = Response.error(new XrpcError(status, error, message));
        response.headers.putAll(headers);
        return new FaultPlan(Kind.INSTEAD, Duration.ZERO, response, "", 0);
    }

    public static FaultPlan contentType(String contentType) {
        return new FaultPlan(Kind.CONTENT_TYPE, Duration.ZERO, null, contentType, 0);
    }

    public static FaultPlan rateLimited(int seconds) {
        return new FaultPlan(Kind.RATE_LIMITED, Duration.ZERO, null, "", seconds);
    }

    public FaultPlan after(Duration newDelay) {
        return new FaultPlan(kind, newDelay, instead, contentType, seconds);
    }

    Duration delay() {
        return delay;
    }

    /** Returns the response that replaces the processing of the request, or null if the request is to be processed. */
    @Nullable
    Delivery instead(Clock clock) {
        if (kind == Kind.DROP_BEFORE) {
            return Delivery.NONE;
        }
        if (kind == Kind.RATE_LIMITED) {
            long now = clock.instant().getEpochSecond();
            return Delivery.whole(RateLimits.exceeded(30, 300, now + seconds, seconds));
        }
        return instead == null ? null : Delivery.whole(instead);
    }

    /** Applies the fault to the server's response. */
    Delivery apply(Response response) {
        return switch (kind) {
            case DROP_AFTER -> Delivery.NONE;
            case TRUNCATE -> Delivery.truncated(response);
            case EMPTY -> Delivery.whole(response.withBody(new byte[0]));
            case CONTENT_TYPE -> Delivery.whole(response.withBody(response.body).with("content-type", contentType));
            default -> Delivery.whole(response);
        };
    }
}
