/** Notifications: each one handled, across restarts. */
@NullMarked
package dev.atlex.bluesky.notification;

import org.jspecify.annotations.NullMarked;
