package dev.atlex.testkit.internal.appview;

import org.jspecify.annotations.Nullable;

/**
 * A notification.
 *
 * @param did the account that is notified
 * @param record what happened
 * @param subject the URI of the notified account's record that it happened to, or null
 */
record Notification(
        String did,
        IndexedRecord record,
        String reason,
        @Nullable String subject,
        Position position) {}
