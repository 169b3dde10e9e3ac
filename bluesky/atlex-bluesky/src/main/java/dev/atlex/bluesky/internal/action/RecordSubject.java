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
 * The subject of a record, such as the post that was liked. An account has at most one record of a collection per
 * subject.
 *
 * <p>The record key is derived from the subject alone, so that each attempt uses the same key. It is a TID, as the
 * record types require, so it contains a time. For a post, that time is within a second of the one in the post's own
 * key. Repository listings sort by key, so they show a like near the time of its post. For an account, the time is
 * arbitrary, within two years in the past. AppViews and apps sort by {@code createdAt} instead.
 */
public final class RecordSubject {
    /** A time before Bluesky existed. */
    private static final Instant FIRST = Instant.parse("2022-01-01T00:00:00Z");

    private static final Instant LAST = Instant.parse("2100-01-01T00:00:00Z");

    private final Tid key;
    private final Predicate<LexMap> matches;

    private RecordSubject(Tid key, Predicate<LexMap> matches) {
        this.key = key;
        this.matches = matches;
    }

    /** Returns the subject for an account whose DID is in the records' {@code subject} field. */
    public static RecordSubject of(Did did) {
        return ofText(did.toString());
    }

    /** Returns the subject for a list whose URI is in the records' {@code subject} field, without a CID. */
    public static RecordSubject ofList(AtUri list) {
        return ofText(list.toString());
    }

    private static RecordSubject ofText(String id) {
        return new RecordSubject(PostKeys.of(id, null), record -> id.equals(record.getString("subject")));
    }

    /** Returns the subject for a member of a list. */
    public static RecordSubject member(AtUri list, Did member) {
        String listUri = list.toString();
        String did = member.toString();
        return new RecordSubject(
                PostKeys.of(listUri + " " + did, null),
                record -> did.equals(record.getString("subject")) && listUri.equals(record.getString("list")));
    }

    /**
     * Returns the subject for a record, such as a post, that other records refer to in their {@code subject} field. Its
     * version doesn't matter.
     */
    public static RecordSubject record(AtUri uri) {
        String id = uri.toString();
        return new RecordSubject(PostKeys.of(id, time(uri)), record -> {
            LexMap ref = record.getMap("subject");
            return ref != null && id.equals(ref.getString("uri"));
        });
    }

    /** Returns the time in a record's key, or null if it is implausible, because authors choose keys freely. */
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
