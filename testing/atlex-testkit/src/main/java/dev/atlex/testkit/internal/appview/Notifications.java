package dev.atlex.testkit.internal.appview;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The notifications of all accounts.
 *
 * <p>A record notifies each account at most once. The exception is a like or repost made through an account's repost of
 * its own post. No account is notified of its own records. A post notifies, in this order, the accounts that it
 * mentions, the author of the post that it quotes, and the authors of the posts above it in the thread. Muted threads
 * create no notifications.
 */
final class Notifications {
    /** The number of posts above a reply whose authors are notified. */
    private static final int MAX_HEIGHT = 5;

    private final Context context;
    private final Map<String, NavigableMap<Position, Notification>> byAccount = new HashMap<>();
    private final Map<String, List<Notification>> byRecord = new HashMap<>();
    private long order;

    Notifications(Context context) {
        this.context = context;
    }

    /** Returns an account's notifications, newest first. */
    NavigableMap<Position, Notification> of(String did) {
        return byAccount.computeIfAbsent(did, d -> new TreeMap<>());
    }

    /** Notifies the accounts that a new record concerns. */
    void created(IndexedRecord record) {
        switch (record.collection()) {
            case Nsids.LIKE -> reacted(record, "like");
            case Nsids.REPOST -> reacted(record, "repost");
            case Nsids.FOLLOW -> notify(record, Refs.subject(record.value()), "follow", null);
            case Nsids.POST -> posted(record);
            default -> {}
        }
    }

    private void reacted(IndexedRecord record, String reason) {
        String subject = Refs.subject(record.value());
        if (subject == null || Refs.did(subject).equals(record.did())) {
            return;
        }
        notify(record, Refs.did(subject), reason, subject);
        String via = Refs.via(record.value());
        if (via != null) {
            notify(record, Refs.did(via), reason + "-via-repost", via);
        }
    }

    private void posted(IndexedRecord post) {
        Set<String> notified = new HashSet<>();
        notified.add(post.did());
        for (String did : Refs.mentions(post.value())) {
            if (notified.add(did)) {
                notify(post, did, "mention", null);
            }
        }
        String quoted = Refs.quoted(post.value());
        if (quoted != null && !context.gates.forbidsQuote(post.uri()) && notified.add(Refs.did(quoted))) {
            notify(post, Refs.did(quoted), "quote", quoted);
        }
        if (!context.gates.forbidsReply(post.uri())) {
            replied(post, notified);
        }
    }

    private void replied(IndexedRecord post, Set<String> notified) {
        String root = PostViews.root(post);
        IndexedRecord ancestor = parent(post);
        for (int height = 1; height < MAX_HEIGHT && ancestor != null; height++) {
            if (notified.add(ancestor.did())) {
                notify(post, ancestor.did(), "reply", ancestor.uri());
            }
            // A hidden reply cuts off the thread: replies below it notify its author, but no authors of posts above it.
            ancestor = context.gates.hidesReply(root, ancestor.uri()) ? null : parent(ancestor);
        }
    }

    private @Nullable IndexedRecord parent(IndexedRecord post) {
        String uri = Refs.parent(post.value());
        IndexedRecord parent = uri == null ? null : context.index.get(uri);
        return parent != null && parent.collection().equals(Nsids.POST) ? parent : null;
    }

    private void notify(IndexedRecord record, @Nullable String did, String reason, @Nullable String subject) {
        if (did == null || did.equals(record.did()) || inMutedThread(did, subject)) {
            return;
        }
        Notification notification =
                new Notification(did, record, reason, subject, new Position(record.sortTime(), order++));
        of(did).put(notification.position(), notification);
        byRecord.computeIfAbsent(record.uri(), uri -> new ArrayList<>()).add(notification);
    }

    private boolean inMutedThread(String did, @Nullable String subject) {
        IndexedRecord post = subject == null ? null : context.index.get(subject);
        return post != null && context.state.of(did).mutedThreads.contains(PostViews.root(post));
    }

    /** Removes the notifications of a record that was deleted. */
    void deleted(String uri) {
        List<Notification> notifications = byRecord.remove(uri);
        if (notifications != null) {
            notifications.forEach(notification -> of(notification.did()).remove(notification.position()));
        }
    }

    void clear() {
        byAccount.clear();
        byRecord.clear();
    }
}
