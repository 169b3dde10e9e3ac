package dev.atlex.testkit.internal.chat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.XrpcError;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Methods for conversations. */
final class ConvoMethods {
    private static final int DEFAULT_LIMIT = 50;

    private final Chat chat;

    ConvoMethods(Chat chat) {
        this.chat = chat;
    }

    void addTo(Map<String, ChatMethod> methods) {
        methods.put("chat.bsky.actor.getStatus", (viewer, call) -> status());
        methods.put("chat.bsky.convo.listConvos", this::listConvos);
        methods.put("chat.bsky.convo.listConvoRequests", this::listRequests);
        methods.put("chat.bsky.convo.getUnreadCounts", this::getUnreadCounts);
        methods.put("chat.bsky.convo.getConvo", (viewer, call) -> output(convo(viewer, call), viewer));
        methods.put("chat.bsky.convo.getConvoForMembers", this::getConvoForMembers);
        methods.put("chat.bsky.convo.getConvoAvailability", this::getConvoAvailability);
        methods.put("chat.bsky.convo.getLog", (viewer, call) -> chat.log.page(viewer, call.getString("cursor")));
        methods.put("chat.bsky.convo.acceptConvo", this::acceptConvo);
        methods.put("chat.bsky.convo.leaveConvo", this::leaveConvo);
        methods.put("chat.bsky.convo.muteConvo", (viewer, call) -> mute(viewer, call, true));
        methods.put("chat.bsky.convo.unmuteConvo", (viewer, call) -> mute(viewer, call, false));
    }

    private static LexMap status() {
        return LexMap.builder()
                .put("chatDisabled", false)
                .put("canCreateGroups", false)
                .put("groupMemberLimit", 50)
                .build();
    }

    private Convo convo(String viewer, LexMap call) {
        return chat.convo(viewer, call.getString("convoId"));
    }

    private LexMap output(Convo convo, String viewer) {
        return LexMap.of("convo", chat.views.convo(convo, viewer));
    }

    private LexMap listConvos(String viewer, LexMap call) {
        String status = call.getString("status");
        boolean unreadOnly = "unread".equals(call.getString("readState"));
        if ("group".equals(call.getString("kind"))) {
            return LexMap.of("convos", LexArray.of());
        }
        return page("convos", viewer, call, convo -> {
            boolean accepted = convo.member(viewer).accepted;
            return (status == null || status.equals(accepted ? "accepted" : "request"))
                    && (!unreadOnly || convo.unread(viewer) > 0);
        });
    }

    private LexMap listRequests(String viewer, LexMap call) {
        LexMap page = page("requests", viewer, call, convo -> !convo.member(viewer).accepted);
        LexArray requests = page.getArray("requests");
        List<LexMap> typed = requests == null
                ? List.of()
                : requests.stream()
                        .map(view -> ChatViews.typed("convoView", (LexMap) view))
                        .toList();
        return page.toBuilder().put("requests", LexArray.copyOf(typed)).build();
    }

    /** Returns a page of conversations, latest first. The cursor is the revision of the last one. */
    private LexMap page(String field, String viewer, LexMap call, Predicate<Convo> filter) {
        Long asked = call.getInteger("limit");
        int limit = asked == null ? DEFAULT_LIMIT : asked.intValue();
        String cursor = call.getString("cursor");
        List<Convo> found = chat.convos(viewer).stream()
                .filter(convo -> cursor == null || convo.rev.compareTo(cursor) < 0)
                .filter(filter)
                .limit(limit + 1L)
                .toList();
        List<Convo> shown = found.subList(0, Math.min(limit, found.size()));
        LexMap.Builder page = LexMap.builder();
        if (found.size() > limit) {
            page.put("cursor", shown.get(limit - 1).rev);
        }
        return page.put(
                        field,
                        LexArray.copyOf(shown.stream()
                                .map(convo -> chat.views.convo(convo, viewer))
                                .toList()))
                .build();
    }

    private LexMap getUnreadCounts(String viewer, LexMap call) {
        List<Convo> unread = chat.convos(viewer).stream()
                .filter(convo -> convo.unread(viewer) > 0 && !convo.member(viewer).muted)
                .toList();
        long accepted =
                unread.stream().filter(convo -> convo.member(viewer).accepted).count();
        return LexMap.builder()
                .put("unreadAcceptedConvos", accepted)
                .put("unreadRequestConvos", unread.size() - accepted)
                .build();
    }

    private LexMap getConvoForMembers(String viewer, LexMap call) {
        String other = otherMember(viewer, call);
        Convo convo = chat.find(List.of(viewer, other));
        if (convo == null) {
            XrpcError refusal = refusal(viewer, other);
            if (refusal != null) {
                throw refusal;
            }
            convo = chat.create(List.of(viewer, other));
            convo.member(viewer).accepted = true;
            convo.member(other).accepted = chat.directory.follows(other, viewer);
            convo.member(other).hidden = true;
            chat.log.add(viewer, "logBeginConvo", convo.rev, convo, LexMap.of());
        } else if (convo.member(viewer).hidden) {
            convo.member(viewer).hidden = false;
            convo.member(viewer).accepted = true;
        }
        return output(convo, viewer);
    }

    private LexMap getConvoAvailability(String viewer, LexMap call) {
        String other = otherMember(viewer, call);
        Convo convo = chat.find(List.of(viewer, other));
        boolean shown = convo != null && !convo.member(viewer).hidden;
        LexMap.Builder output = LexMap.builder().put("canChat", shown || refusal(viewer, other) == null);
        return convo == null || !shown
                ? output.build()
                : output.put("convo", chat.views.convo(convo, viewer)).build();
    }

    private static String otherMember(String viewer, LexMap call) {
        Set<String> members = new LinkedHashSet<>();
        LexArray named = call.getArray("members");
        (named == null ? LexArray.of() : named).forEach(member -> members.add(member.toString()));
        members.remove(viewer);
        if (members.size() != 1) {
            throw XrpcError.invalidRequest(
                    "this test server supports only conversations between two accounts; members must contain "
                            + "exactly one other account");
        }
        return members.iterator().next();
    }

    /** Returns why the account may not write to the other one, or null if it may. */
    private @Nullable XrpcError refusal(String viewer, String other) {
        if (!chat.directory.isActive(other)) {
            return XrpcError.badRequest("RecipientNotFound", "recipient not found");
        }
        try {
            chat.rejectBlocked(viewer, other);
        } catch (XrpcError blocked) {
            return blocked;
        }
        String allowed = chat.directory.allowIncoming(other);
        if (allowed.equals("none")) {
            return XrpcError.badRequest("MessagesDisabled", "recipient has disabled incoming messages");
        }
        return allowed.equals("all") || chat.directory.follows(other, viewer)
                ? null
                : XrpcError.badRequest(
                        "NotFollowedBySender", "recipient requires incoming messages to come from someone they follow");
    }

    private LexMap acceptConvo(String viewer, LexMap call) {
        Convo convo = convo(viewer, call);
        if (convo.member(viewer).accepted) {
            return LexMap.of();
        }
        convo.member(viewer).accepted = true;
        convo.rev = chat.nextRev();
        chat.log.add(viewer, "logAcceptConvo", convo.rev, convo, LexMap.of());
        return LexMap.of("rev", LexValue.of(convo.rev));
    }

    private LexMap leaveConvo(String viewer, LexMap call) {
        Convo convo = convo(viewer, call);
        Convo.Member member = convo.member(viewer);
        member.hidden = true;
        member.accepted = false;
        member.leftAt = chat.nextRev();
        chat.log.add(viewer, "logLeaveConvo", member.leftAt, convo, LexMap.of());
        return LexMap.builder()
                .put("convoId", convo.id)
                .put("rev", member.leftAt)
                .build();
    }

    private LexMap mute(String viewer, LexMap call, boolean muted) {
        Convo convo = convo(viewer, call);
        if (convo.member(viewer).muted != muted) {
            convo.member(viewer).muted = muted;
            convo.rev = chat.nextRev();
            chat.log.add(viewer, muted ? "logMuteConvo" : "logUnmuteConvo", convo.rev, convo, LexMap.of());
        }
        return output(convo, viewer);
    }
}
