package dev.atlex.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.testkit.internal.FaultPlan;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/**
 * A way in which a request fails. Pass it to {@link Faults}. Immutable.
 *
 * <p>Some faults keep the request from being processed; others process it and then break the response. Each method
 * documents which.
 */
public final class Fault {
    private static final String JSON = "application/json; charset=utf-8";

    private final String name;
    private final FaultPlan plan;

    private Fault(String name, FaultPlan plan) {
        this.name = name;
        this.plan = plan;
    }

    /**
     * Closes the connection before the request is processed.
     *
     * <p>HTTP clients may repeat a GET on their own. The JDK's client does so on a reused connection: the call then
     * succeeds, and {@link LocalPds#count} returns 2.
     */
    public static Fault dropBeforeProcessing() {
        return new Fault("dropBeforeProcessing", FaultPlan.of(FaultPlan.Kind.DROP_BEFORE));
    }

    /** Processes the request, then closes the connection without a response. */
    public static Fault dropAfterProcessing() {
        return new Fault("dropAfterProcessing", FaultPlan.of(FaultPlan.Kind.DROP_AFTER));
    }

    /**
     * Processes the request normally after a delay.
     *
     * @param delay the delay in real time, regardless of the server's clock
     * @throws IllegalArgumentException if the delay is negative
     */
    public static Fault delay(Duration delay) {
        return new Fault("delay", FaultPlan.of(FaultPlan.Kind.NONE)).after(delay);
    }

    /** Responds with this status and an empty body, without processing the request. */
    public static Fault status(int status) {
        return new Fault("status " + status, FaultPlan.respond(status, Map.of(), new byte[0]));
    }

    /**
     * Responds with this status and an XRPC error, without processing the request.
     *
     * @param error the error name, such as {@code InvalidRequest}
     */
    public static Fault status(int status, String error, String message) {
        return new Fault("status " + status + " " + error, FaultPlan.error(status, error, message, Map.of()));
    }

    /** Responds with this status and an HTML page, as proxies do, without processing the request. */
    public static Fault html(int status) {
        String page = "<html><head><title>" + status + "</title></head><body><h1>" + status + "</h1></body></html>\r\n";
        return new Fault(
                "html " + status,
                FaultPlan.respond(status, Map.of("content-type", "text/html; charset=utf-8"), page.getBytes(UTF_8)));
    }

    /** Responds with status 200 and malformed JSON, without processing the request. */
    public static Fault garbageJson() {
        byte[] body = "{\"accessJwt\": \"no, \\uZZZZ".getBytes(UTF_8);
        return new Fault("garbageJson", FaultPlan.respond(200, Map.of("content-type", JSON), body));
    }

    /** Processes the request, then closes the connection after half of the response body. */
    public static Fault truncatedBody() {
        return new Fault("truncatedBody", FaultPlan.of(FaultPlan.Kind.TRUNCATE));
    }

    /** Processes the request, but sends the response with this media type. */
    public static Fault wrongContentType(String contentType) {
        return new Fault("wrongContentType", FaultPlan.contentType(contentType));
    }

    /** Responds with status 302 and this location, without processing the request. */
    public static Fault redirect(URI to) {
        return new Fault("redirect", FaultPlan.respond(302, Map.of("location", to.toString()), new byte[0]));
    }

    /**
     * Responds with status 200 and a body that is one JSON string, without processing the request.
     *
     * @param bytes the size of the body, from 2 bytes to 1 GiB
     * @throws IllegalArgumentException if the size is out of range
     */
    public static Fault hugeBody(int bytes) {
        if (bytes < 2 || bytes > 1 << 30) {
            throw new IllegalArgumentException("hugeBody: bytes must be from 2 to 2^30 (got " + bytes + ")");
        }
        byte[] body = new byte[bytes];
        Arrays.fill(body, (byte) 'x');
        body[0] = '"';
        body[bytes - 1] = '"';
        return new Fault("hugeBody", FaultPlan.respond(200, Map.of("content-type", JSON), body));
    }

    /** Processes the request, but sends the response without its body. */
    public static Fault emptyBody() {
        return new Fault("emptyBody", FaultPlan.of(FaultPlan.Kind.EMPTY));
    }

    /**
     * Responds with status 429 and the headers of the server's own rate limits, without processing the request.
     *
     * @param resetSeconds the seconds until the limit resets, by the server's clock
     */
    public static Fault rateLimited(int resetSeconds) {
        return new Fault("rateLimited", FaultPlan.rateLimited(resetSeconds));
    }

    /**
     * Returns the same fault, preceded by a delay. The request waits before anything is processed.
     *
     * @param delay the delay in real time, regardless of the server's clock
     * @throws IllegalArgumentException if the delay is negative
     */
    public Fault after(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("delay must not be negative (got " + delay + ")");
        }
        return new Fault(name, plan.after(delay));
    }

    FaultPlan plan() {
        return plan;
    }

    /** Returns a string that contains the name of the fault. */
    @Override
    public String toString() {
        return "Fault[" + name + "]";
    }
}
