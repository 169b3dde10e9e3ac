package dev.atlex.bluesky.internal;

import dev.atlex.bluesky.ShortLinkException;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.UserInput;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Converts between AT URIs and the pages of the Bluesky app. */
public final class WebAddress {
    /** The host of the app. */
    public static final String HOST = "bsky.app";

    private static final String SHORT_LINK_HOST = "go.bsky.app";
    private static final String SHORT_LINK_PATH = "starter-pack-short";
    private static final String PROFILE = "profile";
    private static final String STARTER_PACK = "starter-pack";
    private static final Nsid STARTER_PACK_COLLECTION = Nsid.of("app.bsky.graph.starterpack");

    /** The collections whose records have pages below the account's page, by the name in the path. */
    private static final Map<String, Nsid> BELOW_PROFILE = Map.of(
            "post", Nsid.of("app.bsky.feed.post"),
            "feed", Nsid.of("app.bsky.feed.generator"),
            "lists", Nsid.of("app.bsky.graph.list"));

    /** The last part of pages about a record. The address before it is the record's own page. */
    private static final List<String> RECORD_TABS = List.of("liked-by", "reposted-by", "quotes");

    private static final List<String> PROFILE_TABS =
            List.of("followers", "follows", "known-followers", "search", "feed", "lists");

    private WebAddress() {}

    /**
     * Returns the AT URI of an address: an AT URI itself, or a page of the app.
     *
     * @param host the host of the app, in lowercase
     * @throws InvalidSyntaxException if the address is neither
     * @throws ShortLinkException if the address is a short link
     */
    public static AtUri parse(String address, String host) {
        String text = UserInput.strip(address);
        if (text.startsWith("at://")) {
            return AtUri.of(text);
        }
        URI url = url(text);
        String actual = url.getHost().toLowerCase(Locale.ROOT);
        List<String> path = segments(url);
        if (actual.equals(SHORT_LINK_HOST) || !path.isEmpty() && path.get(0).equals(SHORT_LINK_PATH)) {
            throw new ShortLinkException(PublicLinks.bare(url));
        }
        if (!actual.equals(host) && !actual.equals("www." + host)) {
            throw invalid(text, "is not on " + host);
        }
        AtUri uri = uri(path);
        if (uri == null) {
            throw invalid(text, "is not the page of an account, post, feed, list or starter pack");
        }
        return uri;
    }

    private static URI url(String text) {
        if (!text.startsWith("https://") && !text.startsWith("http://")) {
            throw invalid(text, "expected at://… or https://bsky.app/…");
        }
        try {
            URI url = URI.create(text);
            if (url.getHost() != null) {
                return url;
            }
        } catch (IllegalArgumentException e) {
            throw invalid(text, "is not a URL");
        }
        throw invalid(text, "is a URL without a host");
    }

    private static List<String> segments(URI url) {
        String path = url.getPath();
        if (path == null || path.length() < 2) {
            return List.of();
        }
        // A limit of 0 drops the empty text after a trailing slash.
        return List.of(path.substring(1).split("/", 0));
    }

    private static @Nullable AtUri uri(List<String> path) {
        if (path.size() < 2) {
            return null;
        }
        String first = path.get(0);
        if (first.equals(STARTER_PACK) || first.equals("start")) {
            return path.size() == 3 ? record(path.get(1), STARTER_PACK_COLLECTION, path.get(2)) : null;
        }
        if (!first.equals(PROFILE)) {
            return null;
        }
        if (path.size() == 2 || path.size() == 3 && PROFILE_TABS.contains(path.get(2))) {
            return AtUri.of(UserInput.identifier(path.get(1)));
        }
        Nsid collection = BELOW_PROFILE.get(path.get(2));
        boolean page = path.size() == 4 || path.size() == 5 && RECORD_TABS.contains(path.get(4));
        return collection != null && page ? record(path.get(1), collection, path.get(3)) : null;
    }

    private static AtUri record(String account, Nsid collection, String key) {
        return AtUri.of(UserInput.identifier(account), collection, RecordKey.of(key));
    }

    /**
     * Returns the page of an account or record.
     *
     * @throws IllegalArgumentException if the app has no page for records of the collection
     */
    public static URI page(AtUri uri, String host) {
        AtIdentifier account = uri.authority();
        Nsid collection = uri.collection();
        RecordKey key = uri.recordKey();
        String base = "https://" + host + "/";
        if (collection == null) {
            return URI.create(base + PROFILE + "/" + account);
        }
        if (key != null && collection.equals(STARTER_PACK_COLLECTION)) {
            return URI.create(base + STARTER_PACK + "/" + account + "/" + key);
        }
        for (Map.Entry<String, Nsid> below : BELOW_PROFILE.entrySet()) {
            if (key != null && collection.equals(below.getValue())) {
                return URI.create(base + PROFILE + "/" + account + "/" + below.getKey() + "/" + key);
            }
        }
        throw new IllegalArgumentException("page: the app has no page for this URI (got " + uri + ")");
    }

    private static InvalidSyntaxException invalid(String text, String reason) {
        return new InvalidSyntaxException("Bluesky address", PublicLinks.withoutUserInfo(text), reason);
    }
}
