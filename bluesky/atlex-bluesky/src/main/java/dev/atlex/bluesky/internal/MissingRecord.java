package dev.atlex.bluesky.internal;

import com.atproto.repo.GetRecord;
import dev.atlex.client.XrpcResponseException;
import java.util.Locale;

/** Recognizes the response of a server that doesn't have a record. */
public final class MissingRecord {
    private MissingRecord() {}

    /**
     * Returns whether {@code getRecord} failed because there is no such record.
     *
     * <p>The reference server returns 400 {@code RecordNotFound}. Its older versions, and the current one for an
     * unknown repository, return {@code InvalidRequest}, and only the message mentions the missing record. Other
     * servers return 404, with various errors.
     */
    public static boolean is(XrpcResponseException failure) {
        if (failure.is(GetRecord.ERROR_RECORD_NOT_FOUND) || failure.status() == 404) {
            return true;
        }
        String message = failure.serverMessage();
        String text = message == null ? "" : message.toLowerCase(Locale.ROOT);
        return failure.status() == 400
                && (text.contains("could not locate record") || text.contains("record not found"));
    }
}
