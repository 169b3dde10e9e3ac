package dev.atlex.testkit.internal.chat;

import dev.atlex.data.LexMap;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A message in a conversation. */
final class Message {
    /** An account's reaction: an emoji. */
    record Reaction(String value, String sender, String createdAt) {}

    final String id;
    final String sender;
    final String sentAt;

    /** The sender's {@code chat.bsky.convo.defs#messageInput}. */
    final LexMap input;

    final List<Reaction> reactions = new ArrayList<>();

    /** The revision, which increases with each change to the message. */
    String rev;

    Message(String id, String sender, String sentAt, LexMap input) {
        this.id = id;
        this.rev = id;
        this.sender = sender;
        this.sentAt = sentAt;
        this.input = input;
    }

    @Nullable
    String replyTo() {
        LexMap ref = input.getMap("replyTo");
        return ref == null ? null : ref.getString("messageId");
    }

    @Nullable
    Reaction reaction(String account, String value) {
        return reactions.stream()
                .filter(reaction ->
                        reaction.sender().equals(account) && reaction.value().equals(value))
                .findFirst()
                .orElse(null);
    }
}
