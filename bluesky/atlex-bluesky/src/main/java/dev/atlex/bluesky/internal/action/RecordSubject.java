package dev.atlex.bluesky.internal.action;

import dev.atlex.bluesky.internal.post.PostKeys;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Tid;
import java.time.Instant;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * What an account has at most one record of a collection about.
 *
 * <p>The record key is a TID, as the record types require, and nothing in it may depend on the moment. For a post it is within
 * a second of the post's own key, so that listings of the repository, which sort by key, show likes in about the right place.
 * For accounts it is anywhere in two years of the past. AppViews and apps don't sort by key but by {@code createdAt}.
 */
public final class RecordSubject {
    /** Before Bluesky. */
    private static final Instant FIRST = Instant.parse("2022-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private final Tid key;
    private final Predicate<LexMap> matches;

    private RecordSubject(Tid key, Predicate<LexMap> matches) {
        this.key = key;
        this.matches = matches;
    }

    /** Returns an account that records name in their field {@code subject}. */
    public static RecordSubject of(Did did) {
        return ofText(did.toString());
    }

    /** Returns a list that records name in their field {@code subject}, without a CID. */
    public static RecordSubject ofList(AtUri list) {
        return ofText(list.toString());
    }

    private static RecordSubject ofText(String id) {
        return new RecordSubject(PostKeys.of(id, null), record -> id.equals(record.getString("subject")));
    }

    /** Returns a member of a list. */
    public static RecordSubject member(AtUri list, Did member) {
        String listUri = list.toString();
        String did = member.toString();
        return new RecordSubject(
                PostKeys.of(listUri + " " + did, null),
                record -> did.equals(record.getString("subject")) && listUri.equals(record.getString("list")));
    }

    /** Returns a post that records refer to in their field {@code subject}, whatever its version. */
    public static RecordSubject post(AtUri uri) {
        String id = uri.toString();
        return new RecordSubject(PostKeys.of(id, time(uri)), record -> {
            LexMap ref = record.getMap("subject");
            return ref != null && id.equals(ref.getString("uri"));
        });
    }

    /** Returns the time of a post's key; null if it is implausible. Authors choose keys freely. */
    private static @Nullable Instant time(AtUri uri) {
        String key = String.valueOf(uri.recordKey());
        if (!Tid.isValid(key)) {
            return null;
        }
        Instant time = Tid.of(key).toInstant();
        return time.isBefore(FIRST) || time.isAfter(LAST) ? null : time;
    }

    /** Returns the key of the record. */
    Tid key() {
        return key;
    }

    /** Returns whether a record is about this subject. */
    boolean matches(LexMap record) {
        return matches.test(record);
    }
}
