package dev.atlex.testkit.internal.appview;

import dev.atlex.testkit.internal.Times;
import dev.atlex.testkit.internal.XrpcError;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Function;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * A search for posts: words and {@code "phrases"}, all of which a post must contain, with the operators {@code from:},
 * {@code mentions:}, {@code to:}, {@code domain:}, {@code lang:}, {@code since:}, {@code until:} and {@code #tag}.
 *
 * <p>Words match whole words, ignoring case.
 */
final class PostQuery {
    private final List<Predicate<SearchedPost>> conditions = new ArrayList<>();
    private final Function<String, @Nullable String> resolver;

    /** @param resolver returns the DID of a handle, a DID or {@code me}, or null if there is no such account */
    PostQuery(Function<String, @Nullable String> resolver) {
        this.resolver = resolver;
    }

    boolean matches(SearchedPost post) {
        return conditions.stream().allMatch(condition -> condition.test(post));
    }

    /** Adds the words and operators of a query string. */
    void addText(String query) {
        for (String part : split(query)) {
            if (part.startsWith("\"")) {
                addPhrase(part.replace("\"", ""));
            } else if (part.startsWith("#") && part.length() > 1) {
                addTag(part.substring(1));
            } else if (part.startsWith("did:")) {
                addAuthor(part);
            } else if (!addOperator(part)) {
                addPhrase(part);
            }
        }
    }

    private boolean addOperator(String part) {
        int colon = part.indexOf(':');
        if (colon <= 0 || colon == part.length() - 1) {
            return false;
        }
        String value = part.substring(colon + 1);
        switch (part.substring(0, colon).toLowerCase(Locale.ROOT)) {
            case "from", "author" -> addAuthor(value);
            case "mentions" -> addMentions(value);
            case "to" -> {
                String did = resolve(value);
                conditions.add(post -> did != null && did.equals(post.repliesTo()));
            }
            case "domain" -> addDomain(value);
            case "lang" -> addLanguage(value);
            case "since" -> addSince(value);
            case "until" -> addUntil(value);
            default -> {
                return false;
            }
        }
        return true;
    }

    /** Adds words that must occur in sequence. */
    private void addPhrase(String text) {
        List<String> words = SearchedPost.words(text);
        if (!words.isEmpty()) {
            conditions.add(post -> post.contains(words));
        }
    }

    void addTag(String tag) {
        String lower = tag.toLowerCase(Locale.ROOT);
        conditions.add(post -> post.tags().contains(lower));
    }

    void addAuthor(String account) {
        String did = resolve(account);
        conditions.add(post -> post.record().did().equals(did));
    }

    void addMentions(String account) {
        String did = resolve(account);
        conditions.add(
                post -> did != null && Refs.mentions(post.record().value()).contains(did));
    }

    void addLanguage(String language) {
        conditions.add(post -> post.hasLanguage(language));
    }

    void addDomain(String domain) {
        conditions.add(post -> post.links().stream().anyMatch(link -> SearchedPost.isOnDomain(link, domain)));
    }

    void addUrl(String url) {
        conditions.add(post -> post.links().contains(url));
    }

    /** Requires that posts aren't older than a time. */
    void addSince(String time) {
        Instant instant = time(time);
        conditions.add(post -> !post.record().sortTime().isBefore(instant));
    }

    /** Requires that posts are older than a time. */
    void addUntil(String time) {
        Instant instant = time(time);
        conditions.add(post -> post.record().sortTime().isBefore(instant));
    }

    private static Instant time(String text) {
        Instant instant = Times.parse(text.length() == "2024-01-01".length() ? text + "T00:00:00Z" : text);
        if (instant == null) {
            throw XrpcError.invalidRequest("invalid date (got \"" + text + "\")");
        }
        return instant;
    }

    private @Nullable String resolve(String account) {
        return resolver.apply(account.startsWith("@") ? account.substring(1) : account);
    }

    /** Splits a query at spaces outside of quotation marks. */
    private static List<String> split(String query) {
        List<String> parts = new ArrayList<>();
        StringBuilder part = new StringBuilder();
        boolean quoted = false;
        for (char c : query.toCharArray()) {
            if (Character.isWhitespace(c) && !quoted) {
                parts.add(part.toString());
                part.setLength(0);
            } else {
                quoted ^= c == '"';
                part.append(c);
            }
        }
        parts.add(part.toString());
        parts.removeIf(String::isBlank);
        return parts;
    }
}
