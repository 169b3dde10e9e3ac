package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Reads references in records. Methods return null for absent and malformed references. */
final class Refs {
    private Refs() {}

    /** Returns the subject of a like, repost, follow, block or list item: a URI or a DID. */
    static @Nullable String subject(LexMap record) {
        LexMap strong = record.getMap("subject");
        return strong != null ? strong.getString("uri") : record.getString("subject");
    }

    /** Returns the URI of the repost through which a like or repost was made. */
    static @Nullable String via(LexMap record) {
        return uri(record.getMap("via"));
    }

    static @Nullable String parent(LexMap post) {
        LexMap reply = post.getMap("reply");
        return reply == null ? null : uri(reply.getMap("parent"));
    }

    static @Nullable String root(LexMap post) {
        LexMap reply = post.getMap("reply");
        return reply == null ? null : uri(reply.getMap("root"));
    }

    /** Returns the URI of the record that a post embeds, with or without media. */
    static @Nullable String embedded(LexMap post) {
        LexMap embed = post.getMap("embed");
        if (embed != null && Nsids.RECORD_WITH_MEDIA.equals(embed.type())) {
            embed = embed.getMap("record");
        } else if (embed != null && !Nsids.RECORD.equals(embed.type())) {
            return null;
        }
        return embed == null ? null : uri(embed.getMap("record"));
    }

    /** Returns the URI of the post that a post quotes. */
    static @Nullable String quoted(LexMap post) {
        String uri = embedded(post);
        return uri != null && Nsids.POST.equals(collection(uri)) ? uri : null;
    }

    /** Returns the media of a post's embed, with or without a record. */
    static @Nullable LexMap media(LexMap post) {
        LexMap embed = post.getMap("embed");
        return embed != null && Nsids.RECORD_WITH_MEDIA.equals(embed.type()) ? embed.getMap("media") : embed;
    }

    /** Returns the DIDs that the facets mention, in order. */
    static Set<String> mentions(LexMap post) {
        return features(post, "app.bsky.richtext.facet#mention", "did");
    }

    /** Returns the values of a field in all facet features that have a type, in order. */
    static Set<String> features(LexMap post, String type, String field) {
        Set<String> values = new LinkedHashSet<>();
        for (LexMap facet : maps(post.getArray("facets"))) {
            for (LexMap feature : maps(facet.getArray("features"))) {
                String value = feature.getString(field);
                if (type.equals(feature.type()) && value != null) {
                    values.add(value);
                }
            }
        }
        return values;
    }

    static List<LexMap> maps(@Nullable LexArray array) {
        return array == null
                ? List.of()
                : array.stream()
                        .filter(LexMap.class::isInstance)
                        .map(LexMap.class::cast)
                        .toList();
    }

    static List<String> strings(@Nullable LexArray array) {
        return array == null
                ? List.of()
                : array.stream().map(LexValue::toString).toList();
    }

    private static @Nullable String uri(@Nullable LexMap strongRef) {
        return strongRef == null ? null : strongRef.getString("uri");
    }

    /** Returns the authority of an AT URI; empty for other text. */
    static String did(String uri) {
        return part(uri, 2);
    }

    static String collection(String uri) {
        return part(uri, 3);
    }

    static String key(String uri) {
        return part(uri, 4);
    }

    private static String part(String uri, int index) {
        String[] parts = uri.split("/", -1);
        return parts.length > index ? parts[index] : "";
    }

    /** Returns the URI of the gate of a post, which has the post's record key. */
    static String gate(String postUri, String collection) {
        return "at://" + did(postUri) + "/" + collection + "/" + key(postUri);
    }
}
