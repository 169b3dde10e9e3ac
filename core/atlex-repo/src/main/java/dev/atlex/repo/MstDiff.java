package dev.atlex.repo;

import dev.atlex.data.Cid;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The difference between two trees. */
public final class MstDiff {
    private final List<Change> changes = new ArrayList<>();
    private final Map<Cid, byte[]> added = new LinkedHashMap<>();
    private final Set<Cid> removed = new LinkedHashSet<>();

    private MstDiff() {}

    /** A key whose value differs. */
    public static final class Change {
        private final String key;
        private final @Nullable Cid before;
        private final @Nullable Cid after;

        private Change(String key, @Nullable Cid before, @Nullable Cid after) {
            this.key = key;
            this.before = before;
            this.after = after;
        }

        /** Returns the key, such as {@code app.bsky.feed.post/3jzfcijpj2z2a}. */
        public String key() {
            return key;
        }

        /** Returns the earlier value, or null if the key was added. */
        public @Nullable Cid before() {
            return before;
        }

        /** Returns the later value, or null if the key was removed. */
        public @Nullable Cid after() {
            return after;
        }

        @Override
        public String toString() {
            return key + ": " + before + " -> " + after;
        }
    }

    static MstDiff between(MstNode before, MstNode after) {
        MstDiff diff = new MstDiff();
        diff.compare(MstCursor.atWhole(before), MstCursor.atWhole(after));
        Set<Cid> common = new LinkedHashSet<>(diff.removed);
        common.retainAll(diff.added.keySet());
        diff.removed.removeAll(common);
        diff.added.keySet().removeAll(common);
        return diff;
    }

    private void compare(MstCursor before, MstCursor after) {
        while (!before.atEnd() || !after.atEnd()) {
            Subtree left = before.subtree();
            Subtree right = after.subtree();
            if (left != null && right != null && left.cid().equals(right.cid())) {
                before.skip();
                after.skip();
            } else if (left != null && (right == null || left.layer() >= right.layer())) {
                removed.add(before.enter().cid());
            } else if (right != null) {
                MstNode node = after.enter();
                added.put(node.cid(), node.block());
            } else {
                compareKeys(before, after);
            }
        }
    }

    private void compareKeys(MstCursor before, MstCursor after) {
        int order = before.atEnd() ? 1 : after.atEnd() ? -1 : before.key().compareTo(after.key());
        if (order < 0) {
            changes.add(new Change(before.key(), before.value(), null));
        } else if (order > 0) {
            changes.add(new Change(after.key(), null, after.value()));
        } else if (!before.value().equals(after.value())) {
            changes.add(new Change(before.key(), before.value(), after.value()));
        }
        if (order <= 0) {
            before.skip();
        }
        if (order >= 0) {
            after.skip();
        }
    }

    /** Returns the keys that were added, changed or removed, in ascending order. */
    public List<Change> changes() {
        return Collections.unmodifiableList(changes);
    }

    /** Returns the contents of the nodes that only the later tree has, by CID, parents before their subtrees. */
    public Map<Cid, byte[]> addedNodes() {
        return Collections.unmodifiableMap(added);
    }

    /** Returns the CIDs of the nodes that only the earlier tree has. */
    public Set<Cid> removedNodes() {
        return Collections.unmodifiableSet(removed);
    }

    @Override
    public String toString() {
        return "MstDiff" + changes;
    }
}
