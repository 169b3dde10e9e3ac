/**
 * Consumes an account's notifications, continuing after restarts. Start with
 * {@link dev.atlex.bluesky.notification.Notifications}.
 */
@NullMarked
package dev.atlex.bluesky.notification;

import org.jspecify.annotations.NullMarked;
