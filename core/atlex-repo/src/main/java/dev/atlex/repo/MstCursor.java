package dev.atlex.repo;

import dev.atlex.data.Cid;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * A position in a tree: at a subtree that hasn't been entered, at a key, or at the end. At a subtree, a cursor can
 * enter it or skip all of it.
 */
final class MstCursor {
    /** The nodes that contain the cursor, innermost first. */
    private final Deque<Frame> frames = new ArrayDeque<>();

    /** A node, and a position in it: even numbers are subtrees, odd ones keys. */
    private static final class Frame {
        final MstNode node;
        int position;

        Frame(MstNode node, int position) {
            this.node = node;
            this.position = position;
        }
    }

    private MstCursor() {}

    /** Returns a cursor that treats the whole tree as a subtree that hasn't been entered. */
    static MstCursor atWhole(MstNode root) {
        MstCursor cursor = new MstCursor();
        cursor.frames.push(
                new Frame(new MstNode(root.layer() + 1, new String[0], new Cid[0], new Subtree[] {root}, null), 0));
        return cursor;
    }

    /** Returns a cursor before the first key that is greater than or equal to the given one. */
    static MstCursor at(MstNode root, String key) {
        MstCursor cursor = new MstCursor();
        MstNode node = root;
        while (true) {
            int index = node.ceiling(key);
            Subtree child = node.hasKeyAt(index, key) ? null : node.children[index];
            cursor.frames.push(new Frame(node, 2 * index + 1));
            if (child == null) {
                cursor.settle();
                return cursor;
            }
            node = child.unkeptNode();
        }
    }

    /** Enters subtrees until the cursor is at a key. Returns false at the end. */
    boolean toEntry() {
        while (subtree() != null) {
            enter();
        }
        return !atEnd();
    }

    boolean atEnd() {
        return frames.isEmpty();
    }

    /** Returns the subtree at the cursor, or null if it is at a key or at the end. */
    @Nullable
    Subtree subtree() {
        Frame top = frames.peek();
        return top == null || top.position % 2 == 1 ? null : top.node.children[top.position / 2];
    }

    /** Enters the subtree at the cursor, and returns its node. */
    MstNode enter() {
        Frame top = frames.element();
        Subtree subtree = top.node.children[top.position / 2];
        if (subtree == null) {
            throw new IllegalStateException("not at a subtree");
        }
        top.position++;
        MstNode node = subtree.unkeptNode();
        frames.push(new Frame(node, 0));
        settle();
        return node;
    }

    /** Moves past the key or subtree at the cursor. */
    void skip() {
        frames.element().position++;
        settle();
    }

    /** Returns the key at the cursor. */
    String key() {
        Frame top = frames.element();
        return top.node.keys[top.position / 2];
    }

    /** Returns the value of the key at the cursor. */
    Cid value() {
        Frame top = frames.element();
        return top.node.values[top.position / 2];
    }

    /** Skips missing subtrees, and leaves nodes whose end has been reached. */
    private void settle() {
        Frame top;
        while ((top = frames.peek()) != null) {
            if (top.position > 2 * top.node.keys.length) {
                frames.pop();
            } else if (top.position % 2 == 0 && top.node.children[top.position / 2] == null) {
                top.position++;
            } else {
                return;
            }
        }
    }
}
