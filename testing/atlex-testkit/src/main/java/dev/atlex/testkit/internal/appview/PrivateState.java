package dev.atlex.testkit.internal.appview;

import dev.atlex.data.LexMap;
import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The private state that the AppView keeps for each account. No other account sees it, and it isn't stored in records.
 */
final class PrivateState {
    /**
     * A mute of an account. A scoped mute hides only some of the account's posts.
     *
     * @param position the position in the list of mutes, which is ordered by time
     */
    record Mute(String did, boolean onlyReposts, boolean onlyQuotes, Position position) {
        boolean whole() {
            return !onlyReposts && !onlyQuotes;
        }
    }

    /** The state of one account. */
    static final class Account {
        final Map<String, Mute> mutes = new HashMap<>();

        /** Muted lists, newest first. */
        final NavigableMap<Position, String> mutedLists = new TreeMap<>();

        /** The roots of muted threads. */
        final Set<String> mutedThreads = new HashSet<>();

        @Nullable
        Instant seenAt;

        /** Whether only notifications from accounts that the account follows are shown. */
        boolean priority;

        /** The notification preferences that were set. */
        LexMap preferences = LexMap.of();
    }

    private final Map<String, Account> states = new HashMap<>();

    Account of(String did) {
        return states.computeIfAbsent(did, d -> new Account());
    }

    void clear() {
        states.clear();
    }
}
