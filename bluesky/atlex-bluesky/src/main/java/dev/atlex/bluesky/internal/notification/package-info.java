/** The notification consumer and its state. */
@NullMarked
package dev.atlex.bluesky.internal.notification;

import org.jspecify.annotations.NullMarked;
