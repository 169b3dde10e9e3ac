package dev.atlex.streams;

import dev.atlex.client.transport.TransportException;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.identity.DidDocument;
import dev.atlex.identity.InvalidDidDocumentException;
import dev.atlex.streams.internal.connection.Dialect;
import dev.atlex.streams.internal.socket.SocketConnector;
import dev.atlex.streams.internal.tap.AckLedger;
import dev.atlex.streams.internal.tap.AckSender;
import dev.atlex.streams.internal.tap.AdminPassword;
import dev.atlex.streams.internal.tap.TapRequests;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A client of a Tap, a server that follows chosen repositories: it fetches each one completely, verifies it, and then
 * delivers its changes, in order per account, until they are acknowledged.
 *
 * <pre>{@code
 * TapClient tap = TapClient.of(t -> t.service("http://localhost:2480").adminPassword(password));
 * tap.addRepos(did);
 * try (TapStream stream = tap.connect()) {
 *     stream.forEach(Post.RECORD, (event, post) -> index(event.uri(), post)); // acknowledged after it returns
 * }
 * }</pre>
 *
 * <p>A Tap that calls a webhook instead has no stream; see {@link TapWebhook}. Immutable and thread-safe.
 *
 * @see <a href="https://github.com/bluesky-social/indigo/tree/main/cmd/tap">Tap</a>
 */
public final class TapClient {
    private static final String NAME = "Tap";
    private static final String CHANNEL = "/channel";
    private static final int NOT_FOUND = 404;

    /** The maximum length of the server's text in a message, in characters. */
    private static final int MAX_SHOWN = 200;

    /** The Tap inserts the repositories of a request in one statement, whose size databases limit. */
    private static final int MAX_REPOS = 1000;

    private final TapOptions options;
    private final URI service;
    private final TapRequests requests;

    private TapClient(TapOptions options) {
        URI url = options.service();
        if (url == null) {
            throw new IllegalArgumentException(NAME + ": set the service, such as http://localhost:2480");
        }
        this.options = options;
        this.service = url;
        URI http = URI.create("http" + url.toString().substring("ws".length()));
        this.requests = new TapRequests(http, options.transport(), options.password(), options.timeout());
    }

    /**
     * Creates a client. Doesn't contact the Tap.
     *
     * @throws IllegalArgumentException if there is no service; or there is a password, and the service is neither an https
     *     URL nor on this machine
     */
    public static TapClient of(java.util.function.Consumer<? super TapOptions.Builder> options) {
        return of(TapOptions.of(options));
    }

    /**
     * Like {@link #of(java.util.function.Consumer)}.
     *
     * @throws IllegalArgumentException if there is no service
     */
    public static TapClient of(TapOptions options) {
        return new TapClient(options);
    }

    /**
     * Connects to the events, and reconnects until the stream is closed. A Tap distributes its events over all streams
     * that are connected to it. If you replace its database, connect again: acknowledgments of old events could be taken
     * for those of new ones.
     */
    public TapStream connect() {
        AdminPassword password = options.password();
        UnaryOperator<String> redaction = password == null ? UnaryOperator.identity() : password::redact;
        SocketConnector sockets =
                StreamSetups.sockets(NAME, options.stream()).withHeaders(TapRequests.headers(password), redaction);
        AckSender sender = new AckSender();
        TapReceipts receipts = options.acknowledge() ? new TapReceipts(new AckLedger(System::nanoTime), sender) : null;
        URI url = URI.create(service + CHANNEL);
        Dialect<TapEvent> dialect = new Dialect<>(NAME, cursor -> url, List.of(), new TapDecoder(), false);
        return new TapStream(
                StreamSetups.of(
                        NAME,
                        List.of(dialect),
                        receipts == null ? sockets : sender.over(sockets),
                        receipts,
                        options.stream()),
                receipts,
                options.stream());
    }

    /** Like {@link #addRepos(Collection)}. */
    public void addRepos(Did... dids) {
        addRepos(List.of(dids));
    }

    /**
     * Makes the Tap follow repositories. It fetches them soon, and delivers all of their records. Does nothing for those
     * that it already follows, so this method can be called again if it fails.
     *
     * @param dids any number; they are sent in several requests
     * @throws TapException if the Tap refuses
     * @throws TransportException if there is no response
     */
    public void addRepos(Collection<Did> dids) {
        post("/repos/add", dids);
    }

    /** Like {@link #removeRepos(Collection)}. */
    public void removeRepos(Did... dids) {
        removeRepos(List.of(dids));
    }

    /**
     * Makes the Tap forget repositories. It delivers no events for this.
     *
     * @param dids any number; they are sent in several requests
     * @throws TapException if the Tap refuses
     * @throws TransportException if there is no response
     */
    public void removeRepos(Collection<Did> dids) {
        post("/repos/remove", dids);
    }

    private void post(String path, Collection<Did> dids) {
        List<Did> all = List.copyOf(dids);
        for (int from = 0; from < all.size(); from += MAX_REPOS) {
            List<LexValue> part = new ArrayList<>();
            all.subList(from, Math.min(all.size(), from + MAX_REPOS))
                    .forEach(did -> part.add(new LexString(did.toString())));
            requests.post(path, LexMap.of("dids", LexArray.copyOf(part)));
        }
    }

    /**
     * Returns the state of a repository, or null if the Tap doesn't follow it.
     *
     * @throws TapException if the Tap refuses, or the response can't be read
     * @throws TransportException if there is no response
     */
    public @Nullable TapRepo repo(Did did) {
        String path = "/info/" + did;
        LexMap json = find(path, "repo not found");
        try {
            return json == null ? null : new TapRepo(json);
        } catch (LexException e) {
            throw new TapException(NAME + " " + path + ": " + e.getMessage(), 200, null, e);
        }
    }

    /**
     * Returns an account's DID document, or null if the DID doesn't exist. The document comes from the Tap's cache and may
     * be up to a day old.
     *
     * @throws TapException if the Tap refuses, or the response can't be read
     * @throws TransportException if there is no response
     */
    public @Nullable DidDocument resolveDid(Did did) {
        String path = "/resolve/" + did;
        LexMap json = find(path, "DID not found");
        try {
            return json == null ? null : DidDocument.of(json);
        } catch (InvalidDidDocumentException e) {
            throw new TapException(NAME + " " + path + ": " + e.getMessage(), 200, null, e);
        }
    }

    /** A 404 with a different message comes from a different server, such as a proxy. */
    private @Nullable LexMap find(String path, String notFound) {
        try {
            return requests.get(path);
        } catch (TapException e) {
            if (e.status() == NOT_FOUND && notFound.equals(e.serverMessage())) {
                return null;
            }
            throw e;
        }
    }

    /**
     * Checks that the Tap responds.
     *
     * @throws TapException if it refuses, or isn't healthy
     * @throws TransportException if there is no response
     */
    public void checkHealth() {
        LexMap json = requests.get("/health");
        if (!"ok".equals(json.getString("status"))) {
            throw new TapException(
                    NAME + " /health: expected the status ok (got " + Excerpt.line(json.toString(), MAX_SHOWN) + ")",
                    200,
                    null,
                    null);
        }
    }

    /**
     * Returns the number of repositories that the Tap follows.
     *
     * @throws TapException if the Tap refuses, or the response can't be read
     * @throws TransportException if there is no response
     */
    public long repoCount() {
        return number("/stats/repo-count", "repo_count");
    }

    /**
     * Returns the number of records that the Tap knows.
     *
     * @throws TapException if the Tap refuses, or the response can't be read
     * @throws TransportException if there is no response
     */
    public long recordCount() {
        return number("/stats/record-count", "record_count");
    }

    /**
     * Returns the number of events that aren't acknowledged.
     *
     * @throws TapException if the Tap refuses, or the response can't be read
     * @throws TransportException if there is no response
     */
    public long outboxSize() {
        return number("/stats/outbox-buffer", "outbox_buffer");
    }

    /**
     * Returns the number of commits that wait until their repository has been fetched.
     *
     * @throws TapException if the Tap refuses, or the response can't be read
     * @throws TransportException if there is no response
     */
    public long resyncBufferSize() {
        return number("/stats/resync-buffer", "resync_buffer");
    }

    private long number(String path, String name) {
        LexMap json = requests.get(path);
        Long number = json.getInteger(name);
        if (number == null) {
            throw new TapException(NAME + " " + path + ": expected an integer in the field " + name, 200, null, null);
        }
        return number;
    }

    /**
     * Returns the Tap's positions in the streams that it follows.
     *
     * @throws TapException if the Tap refuses, or the response can't be read
     * @throws TransportException if there is no response
     */
    public TapCursors cursors() {
        LexMap json = requests.get("/stats/cursors");
        Long firehose = json.getInteger("firehose");
        return new TapCursors(
                firehose == null ? OptionalLong.empty() : OptionalLong.of(firehose), json.getString("list_repos"));
    }

    /** Returns a string with the URL. */
    @Override
    public String toString() {
        return "TapClient[" + service + "]";
    }
}
