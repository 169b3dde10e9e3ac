/**
 * Direct messages: the conversations between accounts, as {@code did:web:api.bsky.chat} manages them. Guarded by the
 * server's lock.
 */
@NullMarked
package dev.atlex.testkit.internal.chat;

import org.jspecify.annotations.NullMarked;
