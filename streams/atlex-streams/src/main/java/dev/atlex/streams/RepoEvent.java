package dev.atlex.streams;

import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/**
 * An event about a repository or its account.
 *
 * @see <a href="https://atproto.com/specs/sync">AT Protocol: repository synchronization</a>
 */
public sealed interface RepoEvent permits CommitEvent, SyncEvent, IdentityEvent, AccountEvent, OtherEvent {
    /** Returns the sequence number. */
    long sequence();

    /** Returns the account. It is null only for an {@link OtherEvent} without one. */
    @Nullable
    Did did();

    /** Returns when the event happened, by the clock of the server. It is null only for an {@link OtherEvent}. */
    @Nullable
    Datetime time();
}
