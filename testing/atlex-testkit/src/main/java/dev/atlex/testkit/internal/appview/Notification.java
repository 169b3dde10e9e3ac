package dev.atlex.testkit.internal.appview;

import org.jspecify.annotations.Nullable;

/**
 * A notification.
 *
 * @param did the account that is notified
 * @param record the record that caused the notification
 * @param subject the URI of the notified account's record that the notification is about, or null
 */
record Notification(
        String did,
        IndexedRecord record,
        String reason,
        @Nullable String subject,
        Position position) {}
