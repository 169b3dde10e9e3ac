package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.testkit.internal.tap.TapChannel;
import dev.atlex.testkit.internal.tap.TapOutbox;
import dev.atlex.testkit.internal.tap.TapRepos;
import dev.atlex.testkit.internal.ws.Handshake;
import java.net.URLDecoder;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Serves a Tap over HTTP.
 *
 * @see <a href="https://github.com/bluesky-social/indigo/blob/main/cmd/tap/server.go">Tap: server</a>
 */
public final class TapServer implements AutoCloseable {
    private final TapOutbox outbox;
    private final TapChannel channel;
    private final TapRepos repos;
    private final byte @Nullable [] credentials;
    private final HttpListener listener;
    private final List<String> requests = new CopyOnWriteArrayList<>();
    private volatile boolean webhookMode;

    /** @param adminPassword the password, or null if none is needed */
    public TapServer(TapOutbox outbox, TapChannel channel, TapRepos repos, @Nullable String adminPassword) {
        this.outbox = outbox;
        this.channel = channel;
        this.repos = repos;
        this.credentials = adminPassword == null ? null : ("admin:" + adminPassword).getBytes(UTF_8);
        this.listener = new HttpListener(0, request -> Delivery.whole(respond(request)));
    }

    public int port() {
        return listener.port();
    }

    /** Returns the methods and paths of the requests, in order. */
    public List<String> requests() {
        return List.copyOf(requests);
    }

    /** Sets whether the events are for a webhook, so that there is no channel. */
    public void webhookMode(boolean on) {
        webhookMode = on;
    }

    private Response respond(Request request) {
        String call = request.method() + " " + request.path();
        requests.add(call);
        if (!isAuthorized(request.header("authorization"))) {
            return error(401, "admin authentication required").with("www-authenticate", "Basic realm=\"admin\"");
        }
        return switch (call) {
            case "GET /health" -> Response.json(LexMap.of("status", new LexString("ok")));
            case "GET /channel" -> open(request);
            case "POST /repos/add" -> change(request, repos::add);
            case "POST /repos/remove" ->
                change(request, did -> {
                    repos.remove(did);
                    outbox.removeAccount(did);
                });
            case "GET /stats/repo-count" -> number("repo_count", repos.count());
            case "GET /stats/record-count" -> number("record_count", repos.recordCount());
            case "GET /stats/outbox-buffer" ->
                number("outbox_buffer", outbox.unacknowledged().size());
            case "GET /stats/resync-buffer" -> number("resync_buffer", 0);
            case "GET /stats/cursors" -> number("firehose", 0);
            default -> find(call);
        };
    }

    private boolean isAuthorized(@Nullable String header) {
        if (credentials == null) {
            return true;
        } else if (header == null || !header.startsWith("Basic ")) {
            return false;
        }
        try {
            return MessageDigest.isEqual(credentials, Base64.getDecoder().decode(header.substring("Basic ".length())));
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private Response open(Request request) {
        if (webhookMode) {
            return error(400, "websocket not available in webhook mode");
        } else if (!Handshake.isUpgrade(request.headers()) || !Handshake.isSupported(request.headers())) {
            return error(400, "expected a WebSocket handshake");
        }
        return Response.webSocket(Handshake.response(request.headers()), channel::serve);
    }

    private static Response change(Request request, Consumer<String> change) {
        LexArray dids;
        try {
            dids = LexReader.readJson(request.body(), ReadOptions.LENIENT, LexReader::readMap)
                    .getArray("dids");
        } catch (LexException e) {
            return error(400, "invalid body");
        }
        for (LexValue did : dids == null ? LexArray.of() : dids) {
            if (!(did instanceof LexString text)) {
                return error(400, "invalid body");
            }
            change.accept(text.value());
        }
        return Response.empty();
    }

    private static Response number(String name, int number) {
        return Response.json(LexMap.of(name, new LexInteger(number)));
    }

    private Response find(String call) {
        if (call.startsWith("GET /info/")) {
            return found(repos.info(last(call)), "repo not found");
        } else if (call.startsWith("GET /resolve/")) {
            return found(repos.document(last(call)), "DID not found");
        }
        return error(404, "Not Found");
    }

    private static String last(String call) {
        return URLDecoder.decode(call.substring(call.lastIndexOf('/') + 1), UTF_8);
    }

    private static Response found(@Nullable LexMap json, String otherwise) {
        return json == null ? error(404, otherwise) : Response.json(json);
    }

    private static Response error(int status, String message) {
        return Response.json(status, LexMap.of("message", new LexString(message)));
    }

    @Override
    public void close() {
        channel.abortAll();
        listener.close();
    }
}
