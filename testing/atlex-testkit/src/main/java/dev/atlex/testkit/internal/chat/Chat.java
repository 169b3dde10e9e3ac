package dev.atlex.testkit.internal.chat;

import dev.atlex.testkit.internal.Times;
import dev.atlex.testkit.internal.XrpcError;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** The chat service: its conversations and its methods. */
public final class Chat {
    final ChatDirectory directory;
    final ChatViews views;
    final ChatLog log = new ChatLog();

    private final Supplier<String> revisions;
    private final Clock clock;
    private final Map<String, Convo> convos = new LinkedHashMap<>();

    /** @param revisions creates strings, each greater than the last */
    public Chat(ChatDirectory directory, Supplier<String> revisions, Clock clock) {
        this.directory = directory;
        this.revisions = revisions;
        this.clock = clock;
        views = new ChatViews(directory);
    }

    /** Returns the methods by NSID. */
    public SortedMap<String, ChatMethod> methods() {
        SortedMap<String, ChatMethod> methods = new TreeMap<>();
        new ConvoMethods(this).addTo(methods);
        new MessageMethods(this).addTo(methods);
        return Collections.unmodifiableSortedMap(methods);
    }

    /** Removes everything. */
    public void clear() {
        convos.clear();
        log.clear();
    }

    String nextRev() {
        return revisions.get();
    }

    String now() {
        return Times.text(clock.instant());
    }

    Convo create(List<String> members) {
        Convo convo = new Convo(nextRev(), members);
        convos.put(convo.id, convo);
        return convo;
    }

    @Nullable
    Convo find(List<String> members) {
        return convos.values().stream()
                .filter(convo -> convo.members.keySet().containsAll(members))
                .findFirst()
                .orElse(null);
    }

    /** Returns the conversation, if the account takes part in it. */
    Convo convo(String viewer, @Nullable String id) {
        Convo convo = convos.get(id);
        if (convo == null || !convo.members.containsKey(viewer) || convo.member(viewer).hidden) {
            throw XrpcError.badRequest("InvalidConvo", "convo not found");
        }
        return convo;
    }

    /** Returns the conversations that the account sees, the most recently changed ones first. */
    List<Convo> convos(String viewer) {
        List<Convo> found = new ArrayList<>();
        for (Convo convo : convos.values()) {
            if (convo.members.containsKey(viewer) && !convo.member(viewer).hidden) {
                found.add(convo);
            }
        }
        found.sort((a, b) -> b.rev.compareTo(a.rev));
        return found;
    }

    /** Returns the other member. */
    static String other(Convo convo, String viewer) {
        return convo.members.keySet().stream()
                .filter(did -> !did.equals(viewer))
                .findFirst()
                .orElse(viewer);
    }

    void rejectBlocked(String viewer, String other) {
        if (directory.blocks(viewer, other)) {
            throw XrpcError.badRequest("BlockedSubject", "block between recipient and sender");
        }
        if (directory.blocks(other, viewer)) {
            throw XrpcError.badRequest("BlockedActor", "block between recipient and sender");
        }
    }
}
