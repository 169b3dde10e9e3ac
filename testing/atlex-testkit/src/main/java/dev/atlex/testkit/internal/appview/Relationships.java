package dev.atlex.testkit.internal.appview;

import dev.atlex.testkit.internal.appview.RecordIndex.By;
import org.jspecify.annotations.Nullable;

/** The visibility of accounts, and the follows, blocks and mutes between them, direct or through a list. */
final class Relationships {
    private final Actors actors;
    private final RecordIndex index;
    private final PrivateState state;

    Relationships(Actors actors, RecordIndex index, PrivateState state) {
        this.actors = actors;
        this.index = index;
        this.state = state;
    }

    /** Returns the account with this handle or DID unless it is taken down or deactivated. */
    @Nullable
    Actor visible(String handleOrDid) {
        Actor actor = actors.find(handleOrDid);
        return actor != null && actor.active() ? actor : null;
    }

    /** Returns the record if its author is visible. */
    @Nullable
    IndexedRecord visibleRecord(String uri) {
        IndexedRecord record = index.get(uri);
        return record != null && visible(record.did()) != null ? record : null;
    }

    /** Returns the URI of the follow, or null. */
    @Nullable
    String follow(String from, String to) {
        return index.between(from, Nsids.FOLLOW, to);
    }

    /** Returns the URI of the block, or null. */
    @Nullable
    String block(String from, String to) {
        return index.between(from, Nsids.BLOCK, to);
    }

    /** Returns the URI of a moderation list by which the account blocks the other, or null. */
    @Nullable
    String blockingList(String from, String to) {
        for (IndexedRecord block : index.of(from, Nsids.LIST_BLOCK).values()) {
            String list = Refs.subject(block.value());
            if (list != null && lists(list, to)) {
                return list;
            }
        }
        return null;
    }

    /** Returns whether one of the accounts blocks the other, directly or through a list. */
    boolean blocked(String one, String other) {
        return !one.equals(other) && (blocks(one, other) || blocks(other, one));
    }

    private boolean blocks(String from, String to) {
        return block(from, to) != null || blockingList(from, to) != null;
    }

    /** Returns the URI of a muted moderation list that the account is a member of, or null. */
    @Nullable
    String mutingList(String viewer, String did) {
        for (String list : state.of(viewer).mutedLists.values()) {
            if (lists(list, did)) {
                return list;
            }
        }
        return null;
    }

    /** Returns whether the viewer mutes the account with all its posts, directly or through a list. */
    boolean muted(String viewer, String did) {
        PrivateState.Mute mute = mute(viewer, did);
        return mute != null && mute.whole() || mutingList(viewer, did) != null;
    }

    PrivateState.@Nullable Mute mute(String viewer, String did) {
        return state.of(viewer).mutes.get(did);
    }

    /** Returns whether the URI is that of a visible moderation list with the account as a member. */
    private boolean lists(String list, String did) {
        if (index.membership(list, did) == null) {
            return false;
        }
        IndexedRecord record = visibleRecord(list);
        return record != null && Nsids.MODLIST.equals(record.value().getString("purpose"));
    }

    /** Returns the number of visible records of a collection about a subject. */
    long count(String subject, String collection) {
        return index.about(subject, collection).size();
    }

    /** Returns the number of members of a list. */
    long members(String list) {
        return index.get(By.LIST, list).size();
    }
}
