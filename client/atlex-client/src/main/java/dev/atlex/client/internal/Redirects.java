package dev.atlex.client.internal;

import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.data.internal.Excerpt;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.Locale;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the redirects of GETs, because {@code getBlob} often redirects to a content delivery network.
 *
 * <p>It follows at most {@value #MAX_HOPS} redirects, within the deadline of the request. A different origin gets only
 * {@code Accept}-like headers, {@code Range} and {@code User-Agent}: no token, cookie, proxying or labelers. It never
 * follows redirects from https to http, from a public host to one that is recognizably in a private network, or in a
 * loop. A redirect that isn't followed is returned, so the caller can report it.
 */
public final class Redirects {
    /** The maximum number of redirects for one request. */
    static final int MAX_HOPS = 5;

    private static final Set<Integer> STATUSES = Set.of(301, 302, 303, 307, 308);

    /** The headers that any host may see: they neither identify an account nor grant access. */
    private static final Set<String> HARMLESS =
            Set.of("accept", "accept-encoding", "accept-language", "range", "user-agent");

    private static final int MAX_SHOWN = 300;

    private Redirects() {}

    /**
     * Sends the request and follows its redirects.
     *
     * @return the last response, with its {@link TransportResponse#uri()}
     * @throws dev.atlex.client.transport.TransportException if there is none
     */
    public static TransportResponse send(Transport transport, TransportRequest request) {
        Deadline deadline = request.deadline();
        TransportRequest current = request;
        TransportResponse response = RequestLog.send(transport, request);
        Set<URI> visited = null;
        while (request.method().equals("GET") && STATUSES.contains(response.status())) {
            visited = visited == null ? new HashSet<>() : visited;
            visited.add(current.uri());
            URI target = target(current.uri(), response.headers());
            boolean follow = target != null
                    && refusal(current.uri(), target) == null
                    && visited.size() <= MAX_HOPS
                    && !visited.contains(target);
            if (!follow || target == null) {
                break;
            }
            response.close();
            if (deadline.isOver()) {
                throw new TransportTimeoutException(
                        "the time limit of the call was reached before a redirect to " + bare(target.toString()),
                        null,
                        true);
            }
            current = next(current, target, deadline);
            response = RequestLog.send(transport, current);
        }
        return response.withUri(current.uri());
    }

    private static TransportRequest next(TransportRequest from, URI target, Deadline deadline) {
        HttpHeaders headers = from.headers();
        if (!Origins.same(from.uri(), target)) {
            HttpHeaders.Builder kept = headers.toBuilder();
            for (String name : headers.names()) {
                if (!HARMLESS.contains(name.toLowerCase(Locale.ROOT))) {
                    kept.remove(name);
                }
            }
            headers = kept.build();
        }
        return from.toBuilder().uri(target).headers(headers).deadline(deadline).build();
    }

    /** Returns whether a response came from a different origin than the request's. */
    public static boolean isFromElsewhere(TransportResponse response, TransportRequest request) {
        URI uri = response.uri();
        return uri != null && !Origins.same(uri, request.uri());
    }

    /**
     * Describes a redirect and the reason why it wasn't followed.
     *
     * @param get whether it was the response to a GET
     */
    static String describe(TransportResponse response, boolean get) {
        HttpHeaders headers = response.headers();
        String location = headers.first("location");
        if (location == null || location.isBlank()) {
            return "a redirect without a Location header";
        }
        URI from = response.uri();
        URI target = target(from, headers);
        String shown = "a redirect to " + (target == null ? '"' + bare(location) + '"' : bare(target.toString()));
        if (target == null && from != null) {
            return shown + ", which is not an http or https URL with a valid host and port";
        }
        if (!get) {
            return shown + ", which is not followed: only queries follow redirects";
        }
        String refusal = from == null || target == null ? "" : refusal(from, target);
        return refusal == null
                ? shown + ", which is not followed: a loop, or more than " + MAX_HOPS + " redirects"
                : shown + ", which is not followed" + (refusal.isEmpty() ? "" : ": " + refusal);
    }

    /** Returns a URL on one line, without user information or the query, which may contain a signature. */
    private static String bare(String url) {
        int query = url.indexOf('?');
        String text = ShownText.line(query < 0 ? url : url.substring(0, query))
                .replaceFirst("^([A-Za-z][A-Za-z0-9+.-]*:)?//[^/@]*@", "$1//");
        return Excerpt.head(text, MAX_SHOWN);
    }

    private static @Nullable String refusal(URI from, URI target) {
        if (Origins.isHttps(from) && !Origins.isHttps(target)) {
            return "from https to http";
        }
        return Hosts.isLocal(target.getHost()) && !Hosts.isLocal(from.getHost())
                ? "from a public host into a private network"
                : null;
    }

    /** Returns the target of the Location header, or null if there is none, or it isn't an http or https URL. */
    private static @Nullable URI target(@Nullable URI from, HttpHeaders headers) {
        String location = headers.first("location");
        if (location == null || location.isBlank()) {
            return null;
        }
        return UrlReferences.resolve(from, location, StandardCharsets.ISO_8859_1);
    }
}
