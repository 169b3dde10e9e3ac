package dev.atlex.bluesky.internal.notification;

import static java.nio.charset.StandardCharsets.UTF_8;

import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.data.internal.Sha256;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.nio.ByteBuffer;

/**
 * Derives the record key of a reply from its notification, so that a repeated reply is the same record.
 *
 * <p>The key is a TID within the second of the notification's record, if that has a TID too. So the repository keeps its
 * records in the order of their times, give or take a second. The digest of URI and CID chooses among 2^30 keys.
 */
public final class ReplyKey {
    private static final long MICROS = 1_000_000;
    private static final int CLOCK_IDS = 1024;

    /** The start of 2020, for records whose key is not a TID. */
    private static final long DEFAULT_MICROS = 1_577_836_800L * MICROS;

    private ReplyKey() {}

    /** Returns the key of the reply to a notification. */
    public static RecordKey of(Notification notification) {
        ByteBuffer digest = ByteBuffer.wrap(
                Sha256.hash(("reply " + notification.uri() + " " + notification.cid()).getBytes(UTF_8)));
        RecordKey key = notification.uri().recordKey();
        long near = key != null && Tid.isValid(key.toString())
                ? Tid.of(key.toString()).timestampMicros()
                : DEFAULT_MICROS;
        long micros = near - near % MICROS + Long.remainderUnsigned(digest.getLong(), MICROS);
        int clockId = (int) Long.remainderUnsigned(digest.getLong(), CLOCK_IDS);
        return Tid.of(micros, clockId).toRecordKey();
    }
}
