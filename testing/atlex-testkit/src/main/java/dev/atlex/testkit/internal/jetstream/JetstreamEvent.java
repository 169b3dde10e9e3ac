package dev.atlex.testkit.internal.jetstream;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.LexMap;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/**
 * An event in the form of both versions.
 *
 * @param collection the collection of a commit, or null
 * @param timeUs the time at which it happened, in microseconds
 * @param version2 the frame of version 2
 * @param version1 the frame of version 1, or null if that version doesn't have such events
 */
public record JetstreamEvent(
        String kind,
        String did,
        @Nullable String collection,
        long timeUs,
        String version2,
        @Nullable String version1) {
    static final String NSID = "network.bsky.jetstream.subscribeEvents";

    private static final DateTimeFormatter MICROSECONDS =
            DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'").withZone(ZoneOffset.UTC);

    /** Creates a commit of one record. */
    static JetstreamEvent commit(long seq, String did, long timeUs, LexMap commit) {
        LexMap.Builder payload = payload("commit", seq, did, timeUs);
        commit.forEach(payload::put);
        return new JetstreamEvent(
                "commit",
                did,
                commit.getString("collection"),
                timeUs,
                frame(payload.build()),
                version1("commit", did, timeUs, commit));
    }

    /**
     * Creates an event that isn't a commit.
     *
     * @param upstream the event of the firehose
     */
    static JetstreamEvent other(long seq, String kind, String did, long timeUs, LexMap upstream) {
        boolean isInVersion1 = kind.equals("identity") || kind.equals("account");
        return new JetstreamEvent(
                kind,
                did,
                null,
                timeUs,
                frame(payload(kind, seq, did, timeUs).put(kind, upstream).build()),
                isInVersion1 ? version1(kind, did, timeUs, upstream) : null);
    }

    private static LexMap.Builder payload(String kind, long seq, String did, long timeUs) {
        return LexMap.builder()
                .put("$type", NSID + "#" + kind)
                .put("seq", seq)
                .put("did", did)
                .put("time", time(timeUs));
    }

    /** Returns a time in the notation of version 2. */
    static String time(long timeUs) {
        return MICROSECONDS.format(
                Instant.ofEpochSecond(Math.floorDiv(timeUs, 1_000_000L), Math.floorMod(timeUs, 1_000_000L) * 1000L));
    }

    private static String version1(String kind, String did, long timeUs, LexMap content) {
        return LexMap.builder()
                .put("did", did)
                .put("time_us", timeUs)
                .put("kind", kind)
                .put(kind, content)
                .build()
                .toJson();
    }

    /** Returns a notice in version 2. */
    static String info(String name, String message) {
        return frame(LexMap.builder()
                .put("$type", NSID + "#info")
                .put("name", name)
                .put("message", message)
                .build());
    }

    /** Returns an error in version 2. */
    static String error(String error, String message) {
        return LexMap.builder()
                .put("$type", "error")
                .put("error", error)
                .put("message", message)
                .build()
                .toJson();
    }

    private static String frame(LexMap payload) {
        return LexMap.builder()
                .put("$type", "message")
                .put("payload", payload)
                .build()
                .toJson();
    }

    /** Returns the approximate size, in bytes. */
    int size() {
        return version2.length() + (version1 == null ? 0 : version1.length());
    }

    /** Returns the frame of a version, or null if the version doesn't have such events. */
    @Nullable
    String frame(boolean isVersion2) {
        return isVersion2 ? version2 : version1;
    }

    static int bytes(String frame) {
        return frame.getBytes(UTF_8).length;
    }
}
