/**
 * Direct messages, with the conversations between accounts that {@code did:web:api.bsky.chat} manages. Guarded by the
 * server's lock.
 */
@NullMarked
package dev.atlex.testkit.internal.chat;

import org.jspecify.annotations.NullMarked;
