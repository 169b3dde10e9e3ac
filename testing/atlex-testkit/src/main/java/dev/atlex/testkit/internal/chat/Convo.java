package dev.atlex.testkit.internal.chat;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A conversation between two accounts. Each account has its own view of it: the messages that it has read or deleted,
 * and whether it has muted or left the conversation.
 */
final class Convo {
    /** A conversation as one account sees it. */
    static final class Member {
        boolean accepted;
        boolean muted;

        /** Whether the conversation is hidden: it was left, or another account created it and has written nothing yet. */
        boolean hidden;

        /** The ID of the last message that the account has read. */
        String readUpTo = "";

        /** The ID of the last message before the account left. Only later ones are shown. */
        String leftAt = "";

        final Set<String> deleted = new HashSet<>();
    }

    /** The latest reaction, and its message. */
    record LastReaction(Message message, Message.Reaction reaction) {}

    final String id;
    final Map<String, Member> members = new LinkedHashMap<>();
    final List<Message> messages = new ArrayList<>();

    /** Increases with each change. */
    String rev;

    @Nullable
    LastReaction lastReaction;

    Convo(String id, List<String> dids) {
        this.id = id;
        this.rev = id;
        dids.forEach(did -> members.put(did, new Member()));
    }

    Member member(String did) {
        Member member = members.get(did);
        if (member == null) {
            throw new IllegalArgumentException(did + " is not a member of " + id);
        }
        return member;
    }

    /** Returns the messages since the account last left. */
    List<Message> messagesFor(String did) {
        String leftAt = member(did).leftAt;
        return messages.stream()
                .filter(message -> message.id.compareTo(leftAt) > 0)
                .toList();
    }

    @Nullable
    Message messageFor(String did, @Nullable String messageId) {
        return messagesFor(did).stream()
                .filter(message -> message.id.equals(messageId))
                .findFirst()
                .orElse(null);
    }

    long unread(String did) {
        Member member = member(did);
        return messagesFor(did).stream()
                .filter(message -> !message.sender.equals(did)
                        && message.id.compareTo(member.readUpTo) > 0
                        && !member.deleted.contains(message.id))
                .count();
    }
}
