package dev.atlex.streams;

import dev.atlex.data.Bytes;
import dev.atlex.streams.internal.tap.AckLedger;
import dev.atlex.streams.internal.tap.AdminPassword;
import java.lang.System.Logger.Level;
import java.util.OptionalLong;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Handles the requests of a Tap that delivers its events to a webhook ({@code TAP_WEBHOOK_URL}). It works with any HTTP
 * server: pass the body and the {@code Authorization} header of each POST to {@link #handle}, and respond with the status
 * that it returns.
 *
 * <pre>{@code
 * TapWebhook webhook = TapWebhook.of(t -> t.adminPassword(password), event -> events.add(event));
 * server.createContext("/tap", exchange -> {
 *     byte[] body = exchange.getRequestBody().readAllBytes();
 *     int status = webhook.handle(body, exchange.getRequestHeaders().getFirst("Authorization"));
 *     exchange.sendResponseHeaders(status, -1);
 *     exchange.close();
 * });
 * }</pre>
 *
 * <p>The Tap repeats a request until the status is 200, and sends the next event of the account only then. It waits 30 s
 * for a response. A repeated event isn't handled again under the same conditions as on a {@link TapStream}.
 *
 * <p>Without a password, everyone who can reach the webhook can make up events. Thread-safe, if the handler is: a Tap
 * sends events of different accounts, and old records of one account, at the same time.
 */
public final class TapWebhook {
    private static final System.Logger LOG = System.getLogger(TapWebhook.class.getName());
    private static final int OK = 200;
    private static final int BAD_REQUEST = 400;
    private static final int UNAUTHORIZED = 401;
    private static final int FAILED = 500;
    private static final int IN_PROGRESS = 503;

    private final @Nullable AdminPassword password;
    private final TapOptions options;
    private final Consumer<? super TapEvent> handler;
    private final AckLedger ledger = new AckLedger(System::nanoTime);

    private TapWebhook(TapOptions options, Consumer<? super TapEvent> handler) {
        this.password = options.password();
        this.options = options;
        this.handler = handler;
    }

    /**
     * Creates a webhook.
     *
     * @param options the admin password, which the Tap sends too; {@code onFailure} and {@code onSkipped}; other options
     *     have no effect
     * @param handler handles one event
     */
    public static TapWebhook of(Consumer<? super TapOptions.Builder> options, Consumer<? super TapEvent> handler) {
        return of(TapOptions.of(options), handler);
    }

    /** Like {@link #of(Consumer, Consumer)}. */
    public static TapWebhook of(TapOptions options, Consumer<? super TapEvent> handler) {
        return new TapWebhook(options, handler);
    }

    /**
     * Handles a request. Never throws an exception because of the request or the handler.
     *
     * @param body the body of the request
     * @param authorization the {@code Authorization} header, or null if there is none
     * @return the status of the response: 200 if the event is finished; 401 if the password is wrong; 400 if the body
     *     isn't an event of a Tap; 500 if the handler failed, unless {@link TapOptions.Builder#onFailure} decides on {@link
     *     Failure#SKIP}, because the Tap repeats the request anyway; 503 if the same event is still being handled. An event
     *     that can't be decoded is reported to {@link TapOptions.Builder#onSkipped}, and the status is 200.
     */
    public int handle(byte[] body, @Nullable String authorization) {
        if (password != null && !password.matches(authorization)) {
            return UNAUTHORIZED;
        }
        Bytes bytes = Bytes.of(body);
        TapEvent event;
        try {
            event = TapDecoder.event(body);
        } catch (InvalidFrameException e) {
            return invalid(bytes, e);
        } catch (RuntimeException | StackOverflowError e) {
            return invalid(bytes, new InvalidFrameException("decode event: " + e, bytes, e));
        }
        long content = TapReceipts.content(event);
        return switch (ledger.receive(event.id(), content)) {
            case ACKNOWLEDGED -> OK;
            case IN_FLIGHT -> IN_PROGRESS;
            case NEW -> handle(event, content, bytes);
        };
    }

    private int invalid(Bytes bytes, InvalidFrameException cause) {
        if (TapReceipts.id(bytes).isEmpty()) {
            LOG.log(Level.WARNING, "refused a webhook request: {0}", cause.getMessage());
            return BAD_REQUEST;
        }
        report(new FailedEvent(null, OptionalLong.empty(), bytes, cause, 0));
        return OK;
    }

    private int handle(TapEvent event, long content, Bytes bytes) {
        boolean finished = false;
        try {
            handler.accept(event);
            finished = true;
        } catch (RuntimeException e) {
            finished = isSkipped(new FailedEvent(event, OptionalLong.empty(), bytes, e, 1));
        } finally {
            if (finished) {
                ledger.finish(event.id(), content, TapReceipts.isUnique(event));
            } else {
                ledger.abandon(event.id(), content);
            }
        }
        return finished ? OK : FAILED;
    }

    private boolean isSkipped(FailedEvent failed) {
        Failure decision;
        try {
            decision = options.onFailure().apply(failed);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "onFailure failed for " + failed, e);
            return false;
        }
        if (decision == Failure.SKIP) {
            report(failed);
            return true;
        }
        LOG.log(Level.WARNING, "the handler failed; the Tap will repeat the event: {0}", failed);
        return false;
    }

    private void report(FailedEvent failed) {
        try {
            options.onSkipped().accept(failed);
        } catch (RuntimeException e) {
            LOG.log(Level.WARNING, "onSkipped failed for " + failed, e);
        }
    }

    /** Returns a string without the password. */
    @Override
    public String toString() {
        return "TapWebhook[" + options + "]";
    }
}
