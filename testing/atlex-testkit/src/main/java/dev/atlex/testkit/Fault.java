package dev.atlex.testkit;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.testkit.internal.FaultPlan;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;

/** One way in which a request goes wrong. Given to {@link Faults}. */
public final class Fault {
    private static final String JSON = "application/json; charset=utf-8";

    private final String name;
    private final FaultPlan plan;

    private Fault(String name, FaultPlan plan) {
        this.name = name;
        this.plan = plan;
    }

    /**
     * The connection is closed, and nothing has happened on the server.
     *
     * <p>Clients may send a GET again by themselves, as that of the JDK does if it had kept the connection: then the
     * fault seems not to have happened, and {@link LocalPds#count} tells of two requests.
     */
    public static Fault dropBeforeProcessing() {
        return new Fault("dropBeforeProcessing", FaultPlan.of(FaultPlan.Kind.DROP_BEFORE));
    }

    /** The server has done what was asked, but its answer is lost: the connection is closed. */
    public static Fault dropAfterProcessing() {
        return new Fault("dropAfterProcessing", FaultPlan.of(FaultPlan.Kind.DROP_AFTER));
    }

    /** The right answer, after a while of real time. */
    public static Fault delay(Duration delay) {
        return new Fault("delay", FaultPlan.of(FaultPlan.Kind.NONE)).after(delay);
    }

    /** This status with an empty body; nothing is processed. */
    public static Fault status(int status) {
        return new Fault("status " + status, FaultPlan.answer(status, Map.of(), new byte[0]));
    }

    /** This status with an error as XRPC writes it; nothing is processed. */
    public static Fault status(int status, String error, String message) {
        return new Fault("status " + status + " " + error, FaultPlan.error(status, error, message, Map.of()));
    }

    /** This status with a page of HTML, as proxies answer; nothing is processed. */
    public static Fault html(int status) {
        String page = "<html><head><title>" + status + "</title></head><body><h1>" + status + "</h1></body></html>\r\n";
        return new Fault(
                "html " + status,
                FaultPlan.answer(status, Map.of("content-type", "text/html; charset=utf-8"), page.getBytes(UTF_8)));
    }

    /** Status 200, declared to be JSON, which it is not; nothing is processed. */
    public static Fault garbageJson() {
        byte[] body = "{\"accessJwt\": \"no, \\uZZZZ".getBytes(UTF_8);
        return new Fault("garbageJson", FaultPlan.answer(200, Map.of("content-type", JSON), body));
    }

    /** Processed, but the connection is closed after half of the answer's body. */
    public static Fault truncatedBody() {
        return new Fault("truncatedBody", FaultPlan.of(FaultPlan.Kind.TRUNCATE));
    }

    /** Processed, but the answer is declared to be of this media type. */
    public static Fault wrongContentType(String contentType) {
        return new Fault("wrongContentType", FaultPlan.contentType(contentType));
    }

    /** Status 302 to this place; nothing is processed. */
    public static Fault redirect(URI to) {
        return new Fault("redirect", FaultPlan.answer(302, Map.of("location", to.toString()), new byte[0]));
    }

    /**
     * Status 200 with one JSON string of so many bytes in all; nothing is processed.
     *
     * @param bytes from 2 to 1 GiB
     */
    public static Fault hugeBody(int bytes) {
        if (bytes < 2 || bytes > 1 << 30) {
            throw new IllegalArgumentException("bytes must be from 2 to 2^30: " + bytes);
        }
        byte[] body = new byte[bytes];
        Arrays.fill(body, (byte) 'x');
        body[0] = '"';
        body[bytes - 1] = '"';
        return new Fault("hugeBody", FaultPlan.answer(200, Map.of("content-type", JSON), body));
    }

    /** Processed, but the answer's body is empty, of the right media type. */
    public static Fault emptyBody() {
        return new Fault("emptyBody", FaultPlan.of(FaultPlan.Kind.EMPTY));
    }

    /**
     * Status 429 as the server's own limits answer; nothing is processed.
     *
     * @param resetSeconds how far in the future the limit ends
     */
    public static Fault rateLimited(int resetSeconds) {
        return new Fault("rateLimited", FaultPlan.rateLimited(resetSeconds));
    }

    /** The same, with this much real time in front of it: before anything is processed. */
    public Fault after(Duration delay) {
        if (delay.isNegative()) {
            throw new IllegalArgumentException("a delay must not be negative: " + delay);
        }
        return new Fault(name, plan.after(delay));
    }

    FaultPlan plan() {
        return plan;
    }

    @Override
    public String toString() {
        return "Fault[" + name + "]";
    }
}
