package dev.atlex.testkit.internal.chat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.XrpcError;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Methods for messages, reactions and read positions. */
final class MessageMethods {
    private static final int DEFAULT_LIMIT = 50;
    private static final int MAX_REACTIONS = 5;

    private final Chat chat;

    MessageMethods(Chat chat) {
        this.chat = chat;
    }

    void addTo(Map<String, ChatMethod> methods) {
        methods.put("chat.bsky.convo.getMessages", this::getMessages);
        methods.put("chat.bsky.convo.sendMessage", this::sendMessage);
        methods.put("chat.bsky.convo.sendMessageBatch", this::sendMessageBatch);
        methods.put("chat.bsky.convo.updateRead", this::updateRead);
        methods.put("chat.bsky.convo.updateAllRead", this::updateAllRead);
        methods.put("chat.bsky.convo.deleteMessageForSelf", this::deleteMessageForSelf);
        methods.put("chat.bsky.convo.addReaction", this::addReaction);
        methods.put("chat.bsky.convo.removeReaction", this::removeReaction);
    }

    private Convo convo(String viewer, LexMap call) {
        return chat.convo(viewer, call.getString("convoId"));
    }

    /** Returns messages, newest first. The cursor is the ID of the last one. */
    private LexMap getMessages(String viewer, LexMap call) {
        Convo convo = convo(viewer, call);
        Long asked = call.getInteger("limit");
        int limit = asked == null ? DEFAULT_LIMIT : asked.intValue();
        String cursor = call.getString("cursor");
        List<Message> found = new ArrayList<>(convo.messagesFor(viewer));
        Collections.reverse(found);
        found.removeIf(message -> cursor != null && message.id.compareTo(cursor) >= 0);
        List<Message> shown = found.subList(0, Math.min(limit, found.size()));
        LexMap.Builder page = LexMap.builder();
        if (found.size() > limit) {
            page.put("cursor", shown.get(limit - 1).id);
        }
        return page.put(
                        "messages",
                        LexArray.copyOf(shown.stream()
                                .map(message -> chat.views.messageOrDeleted(convo, message, viewer))
                                .toList()))
                .put("relatedProfiles", chat.views.profiles(convo.members.keySet(), viewer))
                .build();
    }

    private LexMap sendMessage(String viewer, LexMap call) {
        Convo convo = convo(viewer, call);
        LexMap input = message(call);
        check(viewer, convo, input);
        return chat.views.message(convo, send(viewer, convo, input), viewer);
    }

    private LexMap sendMessageBatch(String viewer, LexMap call) {
        LexArray items = call.getArray("items");
        List<LexMap> sent = new ArrayList<>();
        List<LexMap> all = new ArrayList<>();
        (items == null ? LexArray.of() : items).forEach(item -> all.add((LexMap) item));
        // Either all messages are sent or none.
        all.forEach(item -> check(viewer, convo(viewer, item), message(item)));
        for (LexMap item : all) {
            Convo convo = convo(viewer, item);
            sent.add(chat.views.message(convo, send(viewer, convo, message(item)), viewer));
        }
        return LexMap.of("items", LexArray.copyOf(sent));
    }

    private static LexMap message(LexMap call) {
        LexMap input = call.getMap("message");
        return input == null ? LexMap.of() : input;
    }

    private void check(String viewer, Convo convo, LexMap input) {
        chat.rejectBlocked(viewer, Chat.other(convo, viewer));
        LexMap replyTo = input.getMap("replyTo");
        if (replyTo != null && convo.messageFor(viewer, replyTo.getString("messageId")) == null) {
            throw XrpcError.badRequest("ReplyTargetNotFound", "reply target not found");
        }
    }

    private Message send(String viewer, Convo convo, LexMap input) {
        Message message = new Message(chat.nextRev(), viewer, chat.now(), input);
        convo.messages.add(message);
        convo.rev = message.rev;
        Convo.Member sender = convo.member(viewer);
        sender.readUpTo = message.id;
        if (!sender.accepted) {
            sender.accepted = true;
            chat.log.add(viewer, "logAcceptConvo", message.rev, convo, LexMap.of());
        }
        convo.members.forEach((did, member) -> {
            if (member.hidden) {
                member.hidden = false;
                chat.log.add(did, "logBeginConvo", message.rev, convo, LexMap.of());
            }
            LexMap event = LexMap.builder()
                    .put("message", chat.views.messageOrDeleted(convo, message, did))
                    .put("relatedProfiles", chat.views.profiles(List.of(viewer), did))
                    .build();
            chat.log.add(did, "logCreateMessage", message.rev, convo, event);
        });
        return message;
    }

    private LexMap updateRead(String viewer, LexMap call) {
        Convo convo = convo(viewer, call);
        String messageId = call.getString("messageId");
        List<Message> messages = convo.messagesFor(viewer);
        Message last = messageId != null
                ? convo.messageFor(viewer, messageId)
                : messages.isEmpty() ? null : messages.get(messages.size() - 1);
        if (messageId != null && last == null) {
            throw XrpcError.invalidRequest("message not found");
        }
        markRead(viewer, convo, last);
        return LexMap.of("convo", chat.views.convo(convo, viewer));
    }

    private LexMap updateAllRead(String viewer, LexMap call) {
        String status = call.getString("status");
        long updated = 0;
        for (Convo convo : chat.convos(viewer)) {
            String own = convo.member(viewer).accepted ? "accepted" : "request";
            if (convo.unread(viewer) > 0 && (status == null || status.equals(own))) {
                List<Message> messages = convo.messagesFor(viewer);
                markRead(viewer, convo, messages.get(messages.size() - 1));
                updated++;
            }
        }
        return LexMap.of("updatedCount", LexValue.of(updated));
    }

    private void markRead(String viewer, Convo convo, @Nullable Message last) {
        Convo.Member member = convo.member(viewer);
        if (last != null && last.id.compareTo(member.readUpTo) > 0) {
            member.readUpTo = last.id;
            convo.rev = chat.nextRev();
            LexMap event = LexMap.of("message", chat.views.messageOrDeleted(convo, last, viewer));
            chat.log.add(viewer, "logReadConvo", convo.rev, convo, event);
        }
    }

    private LexMap deleteMessageForSelf(String viewer, LexMap call) {
        Convo convo = convo(viewer, call);
        Message message = existing(convo, viewer, call);
        if (convo.member(viewer).deleted.add(message.id)) {
            convo.rev = chat.nextRev();
            LexMap event = LexMap.of("message", chat.views.messageOrDeleted(convo, message, viewer));
            chat.log.add(viewer, "logDeleteMessage", convo.rev, convo, event);
        }
        return chat.views.deleted(message);
    }

    private static Message existing(Convo convo, String viewer, LexMap call) {
        Message message = convo.messageFor(viewer, call.getString("messageId"));
        if (message == null) {
            throw XrpcError.invalidRequest("message not found");
        }
        return message;
    }

    private LexMap addReaction(String viewer, LexMap call) {
        Convo convo = convo(viewer, call);
        Message message = reactable(convo, viewer, call);
        String value = String.valueOf(call.getString("value"));
        if (message.reaction(viewer, value) == null) {
            long own = message.reactions.stream()
                    .filter(reaction -> reaction.sender().equals(viewer))
                    .count();
            if (own == MAX_REACTIONS) {
                throw XrpcError.badRequest("ReactionLimitReached", "reaction limit reached");
            }
            Message.Reaction reaction = new Message.Reaction(value, viewer, chat.now());
            message.reactions.add(reaction);
            convo.lastReaction = new Convo.LastReaction(message, reaction);
            reacted(convo, message, reaction, "logAddReaction");
        }
        return LexMap.of("message", chat.views.message(convo, message, viewer));
    }

    private LexMap removeReaction(String viewer, LexMap call) {
        Convo convo = convo(viewer, call);
        Message message = reactable(convo, viewer, call);
        Message.Reaction reaction = message.reaction(viewer, String.valueOf(call.getString("value")));
        if (reaction != null) {
            message.reactions.remove(reaction);
            if (convo.lastReaction != null && convo.lastReaction.reaction().equals(reaction)) {
                convo.lastReaction = null;
            }
            reacted(convo, message, reaction, "logRemoveReaction");
        }
        return LexMap.of("message", chat.views.message(convo, message, viewer));
    }

    private static Message reactable(Convo convo, String viewer, LexMap call) {
        Message message = existing(convo, viewer, call);
        if (convo.member(viewer).deleted.contains(message.id)) {
            throw XrpcError.badRequest("ReactionMessageDeleted", "message is deleted");
        }
        return message;
    }

    private void reacted(Convo convo, Message message, Message.Reaction reaction, String event) {
        message.rev = chat.nextRev();
        convo.rev = message.rev;
        convo.members.forEach((did, member) -> chat.log.add(
                did,
                event,
                message.rev,
                convo,
                LexMap.builder()
                        .put("message", chat.views.messageOrDeleted(convo, message, did))
                        .put("reaction", chat.views.reaction(reaction))
                        .build()));
    }
}
