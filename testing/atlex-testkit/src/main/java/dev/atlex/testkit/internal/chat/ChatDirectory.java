package dev.atlex.testkit.internal.chat;

import dev.atlex.data.LexMap;

/** What the chat service knows about accounts and records. */
public interface ChatDirectory {
    /** Returns whether there is an active account with this DID. */
    boolean isActive(String did);

    /** Returns the account's {@code chat.bsky.actor.defs#profileViewBasic}. */
    LexMap profile(String did, String viewer);

    /** Returns whether the account follows the other one. */
    boolean follows(String did, String other);

    /** Returns whether the account blocks the other one. */
    boolean blocks(String did, String other);

    /** Returns whom the account accepts messages from: {@code all}, {@code none} or {@code following}. */
    String allowIncoming(String did);

    /** Returns a record that a message embeds, as a variant of {@code app.bsky.embed.record#view}. */
    LexMap embeddedRecord(String uri, String viewer);
}
