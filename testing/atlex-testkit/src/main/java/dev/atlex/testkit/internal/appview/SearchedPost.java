package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** A post as the search sees it. */
final class SearchedPost {
    private static final Pattern WORD = Pattern.compile("[\\p{L}\\p{N}\\p{M}_]+|[\\p{So}]");

    private final IndexedRecord record;
    private @Nullable List<String> words;

    SearchedPost(IndexedRecord record) {
        this.record = record;
    }

    IndexedRecord record() {
        return record;
    }

    /** Returns the words in lowercase. */
    static List<String> words(String text) {
        List<String> words = new ArrayList<>();
        Matcher matcher = WORD.matcher(text.toLowerCase(Locale.ROOT));
        while (matcher.find()) {
            words.add(matcher.group());
        }
        return words;
    }

    /** Returns whether the text contains the words in sequence. */
    boolean contains(List<String> phrase) {
        if (words == null) {
            String text = record.value().getString("text");
            words = words(text == null ? "" : text);
        }
        return Collections.indexOfSubList(words, phrase) >= 0;
    }

    /** Returns the tags in the text and the post's additional tags, in lowercase. */
    Set<String> tags() {
        Set<String> tags = new HashSet<>();
        Refs.features(record.value(), "app.bsky.richtext.facet#tag", "tag")
                .forEach(tag -> tags.add(tag.toLowerCase(Locale.ROOT)));
        Refs.strings(record.value().getArray("tags")).forEach(tag -> tags.add(tag.toLowerCase(Locale.ROOT)));
        return tags;
    }

    /** Returns the URLs of links and of the card. */
    Set<String> links() {
        Set<String> links = new LinkedHashSet<>(Refs.features(record.value(), "app.bsky.richtext.facet#link", "uri"));
        LexMap media = Refs.media(record.value());
        LexMap external = media == null ? null : media.getMap("external");
        String uri = external == null ? null : external.getString("uri");
        if (uri != null) {
            links.add(uri);
        }
        return links;
    }

    /** Returns whether the link leads to the domain or one of its subdomains. */
    static boolean isOnDomain(String link, String domain) {
        try {
            String host = new URI(link).getHost();
            String lower = domain.toLowerCase(Locale.ROOT);
            return host != null
                    && (host.toLowerCase(Locale.ROOT).equals(lower)
                            || host.toLowerCase(Locale.ROOT).endsWith("." + lower));
        } catch (URISyntaxException e) {
            return false;
        }
    }

    /** Returns whether the post declares the language, with or without a region. */
    boolean hasLanguage(String language) {
        return Refs.strings(record.value().getArray("langs")).stream()
                .anyMatch(each -> each.equalsIgnoreCase(language)
                        || each.toLowerCase(Locale.ROOT).startsWith(language.toLowerCase(Locale.ROOT) + "-"));
    }

    /** Returns the DID of the author of the post that this one replies to, or null. */
    @Nullable
    String repliesTo() {
        String parent = Refs.parent(record.value());
        return parent == null ? null : Refs.did(parent);
    }
}
