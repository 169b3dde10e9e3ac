package dev.atlex.testkit.internal.chat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Conversations and messages as an account sees them: {@code chat.bsky.convo.defs}. */
final class ChatViews {
    static final String DEFS = "chat.bsky.convo.defs#";

    private final ChatDirectory directory;

    ChatViews(ChatDirectory directory) {
        this.directory = directory;
    }

    LexMap convo(Convo convo, String viewer) {
        Convo.Member member = convo.member(viewer);
        List<Message> messages = convo.messagesFor(viewer);
        LexMap.Builder view = LexMap.builder()
                .put("id", convo.id)
                .put("rev", convo.rev)
                .put("members", profiles(convo.members.keySet(), viewer))
                .put("muted", member.muted)
                .put("status", member.accepted ? "accepted" : "request")
                .put("unreadCount", convo.unread(viewer))
                .put("kind", typed("directConvo", LexMap.of()));
        if (!messages.isEmpty()) {
            view.put("lastMessage", messageOrDeleted(convo, messages.get(messages.size() - 1), viewer));
        }
        Convo.LastReaction last = convo.lastReaction;
        if (last != null && messages.contains(last.message()) && !member.deleted.contains(last.message().id)) {
            LexMap reaction = LexMap.builder()
                    .put("message", message(convo, last.message(), viewer))
                    .put("reaction", reaction(last.reaction()))
                    .build();
            view.put("lastReaction", typed("messageAndReactionView", reaction));
        }
        return view.build();
    }

    LexArray profiles(Collection<String> dids, String viewer) {
        return LexArray.copyOf(
                dids.stream().map(did -> directory.profile(did, viewer)).toList());
    }

    /** Returns a member of a union: the message, or a placeholder if it was deleted. */
    LexMap messageOrDeleted(Convo convo, Message message, String viewer) {
        return convo.member(viewer).deleted.contains(message.id)
                ? typed("deletedMessageView", deleted(message))
                : typed("messageView", message(convo, message, viewer));
    }

    LexMap deleted(Message message) {
        return identity(message).build();
    }

    LexMap message(Convo convo, Message message, String viewer) {
        LexMap.Builder view = identity(message).put("text", String.valueOf(message.input.getString("text")));
        LexArray facets = message.input.getArray("facets");
        if (facets != null) {
            view.put("facets", facets);
        }
        LexMap embed = embed(message.input.getMap("embed"), viewer);
        if (embed != null) {
            view.put("embed", embed);
        }
        if (!message.reactions.isEmpty()) {
            view.put(
                    "reactions",
                    LexArray.copyOf(
                            message.reactions.stream().map(this::reaction).toList()));
        }
        Message replied = convo.messageFor(viewer, message.replyTo());
        if (replied != null) {
            view.put(
                    "replyTo",
                    convo.member(viewer).deleted.contains(replied.id)
                            ? typed("deletedMessageView", deleted(replied))
                            : typed(
                                    "messageView",
                                    identity(replied)
                                            .put("text", String.valueOf(replied.input.getString("text")))
                                            .build()));
        }
        return view.build();
    }

    private static LexMap.Builder identity(Message message) {
        return LexMap.builder()
                .put("id", message.id)
                .put("rev", message.rev)
                .put("sender", LexMap.of("did", LexValue.of(message.sender)))
                .put("sentAt", message.sentAt);
    }

    private @Nullable LexMap embed(@Nullable LexMap embed, String viewer) {
        LexMap ref = embed == null || !"app.bsky.embed.record".equals(embed.type()) ? null : embed.getMap("record");
        return ref == null
                ? null
                : LexMap.builder()
                        .put("$type", "app.bsky.embed.record#view")
                        .put("record", directory.embeddedRecord(String.valueOf(ref.getString("uri")), viewer))
                        .build();
    }

    LexMap reaction(Message.Reaction reaction) {
        return LexMap.builder()
                .put("value", reaction.value())
                .put("sender", LexMap.of("did", LexValue.of(reaction.sender())))
                .put("createdAt", reaction.createdAt())
                .build();
    }

    static LexMap typed(String name, LexMap object) {
        return LexMap.builder().put("$type", DEFS + name).putAll(object).build();
    }
}
