package dev.atlex.bluesky;

import app.bsky.feed.FeedDefs.PostView;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.internal.PostUris;
import dev.atlex.bluesky.internal.action.PreferenceStore;
import dev.atlex.bluesky.internal.action.ProfileWriter;
import dev.atlex.bluesky.internal.action.Reactions;
import dev.atlex.bluesky.internal.action.Relations;
import dev.atlex.client.Client;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.UserInput;
import java.util.function.Consumer;

/**
 * The part of {@link Bluesky} that acts on posts and accounts, and edits the account's profile and preferences.
 *
 * <p>All actions are idempotent. Repeating one changes nothing, even if it runs in two processes at once. For example,
 * liking a post twice returns the existing like, regardless of which app created it. Undoing an action that was never
 * taken does nothing.
 *
 * <p>Every method throws a {@link dev.atlex.client.XrpcException} if a call fails.
 */
public abstract sealed class BlueskyActions extends BlueskyReader permits Bluesky {
    private final Reactions reactions;
    private final Relations relations;
    private final ProfileWriter profileWriter;
    private final PreferenceStore preferenceStore;
    private final Lists lists;

    BlueskyActions(Client client, BlueskyOptions options) {
        super(client);
        this.reactions = new Reactions(client, options.clock());
        this.relations = new Relations(client, options.clock());
        this.profileWriter = new ProfileWriter(client, options.clock());
        this.preferenceStore = new PreferenceStore(client);
        this.lists = new Lists(client, options.clock());
    }

    /**
     * Likes a post or a feed generator.
     *
     * @return the URI of the new or existing like
     * @throws PostUnavailableException if the post is deleted or blocked
     */
    public AtUri like(AtUri post) {
        return reactions.like(post);
    }

    /** Like {@link #like(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public AtUri like(String post) {
        return like(BskyUrls.toAtUri(post));
    }

    /**
     * Like {@link #like(AtUri)}, for this version of the post. Succeeds even if Bluesky hasn't indexed the post yet.
     *
     * @throws PostUnavailableException if the post is blocked
     */
    public AtUri like(StrongRef post) {
        return reactions.like(post);
    }

    /** Like {@link #like(AtUri)}, for a post that was just read. Saves a lookup request. */
    public AtUri like(PostView post) {
        return reactions.like(post.strongRef(), post.viewer());
    }

    /**
     * Removes this account's like of a post or a feed generator. Does nothing if there is none. This also works for a
     * deleted post but may then search all of this account's likes.
     */
    public void unlike(AtUri post) {
        reactions.unlike(post);
    }

    /** Like {@link #unlike(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public void unlike(String post) {
        unlike(BskyUrls.toAtUri(post));
    }

    /**
     * Reposts a post.
     *
     * @return the URI of the new or existing repost
     * @throws PostUnavailableException if the post is deleted or blocked
     */
    public AtUri repost(AtUri post) {
        return reactions.repost(post);
    }

    /** Like {@link #repost(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public AtUri repost(String post) {
        return repost(PostUris.parse(post));
    }

    /**
     * Like {@link #repost(AtUri)}, for this version of the post. Succeeds even if Bluesky hasn't indexed the post yet.
     *
     * @throws PostUnavailableException if the post is blocked
     */
    public AtUri repost(StrongRef post) {
        return reactions.repost(post);
    }

    /** Like {@link #repost(AtUri)}, for a post that was just read. Saves a lookup request. */
    public AtUri repost(PostView post) {
        return reactions.repost(post.strongRef(), post.viewer());
    }

    /**
     * Removes this account's repost of a post. Does nothing if there is none. This also works for a deleted post but
     * may then search all of this account's reposts.
     */
    public void unrepost(AtUri post) {
        reactions.unrepost(post);
    }

    /** Like {@link #unrepost(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public void unrepost(String post) {
        unrepost(PostUris.parse(post));
    }

    /**
     * Bookmarks a post. Bookmarks are private.
     *
     * @throws PostUnavailableException if the post is deleted or blocked
     */
    public void bookmark(AtUri post) {
        reactions.bookmark(post);
    }

    /** Like {@link #bookmark(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public void bookmark(String post) {
        bookmark(PostUris.parse(post));
    }

    /** Removes the bookmark of a post, if there is one. */
    public void unbookmark(AtUri post) {
        reactions.unbookmark(post);
    }

    /** Like {@link #unbookmark(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public void unbookmark(String post) {
        unbookmark(PostUris.parse(post));
    }

    /**
     * Mutes the thread of a post: its replies no longer cause notifications.
     *
     * @throws PostUnavailableException if the post is deleted or blocked
     */
    public void muteThread(AtUri post) {
        reactions.muteThread(post);
    }

    /** Like {@link #muteThread(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public void muteThread(String post) {
        muteThread(PostUris.parse(post));
    }

    /** Unmutes the thread of a post. */
    public void unmuteThread(AtUri post) {
        reactions.unmuteThread(post);
    }

    /** Like {@link #unmuteThread(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public void unmuteThread(String post) {
        unmuteThread(PostUris.parse(post));
    }

    /**
     * Follows an account.
     *
     * @return the URI of the new or existing follow
     * @throws IllegalArgumentException if the actor is this account
     * @throws dev.atlex.client.XrpcResponseException with status 400 if the account doesn't exist
     */
    public AtUri follow(AtIdentifier actor) {
        return relations.follow(actor);
    }

    /** Like {@link #follow(AtIdentifier)}, but takes a DID, a handle, or the URL of a profile. */
    public AtUri follow(String actor) {
        return follow(UserInput.identifier(actor));
    }

    /**
     * Unfollows an account. Does nothing if it isn't followed. This also works for a deleted account but may then
     * search all of this account's follows.
     */
    public void unfollow(AtIdentifier actor) {
        relations.unfollow(actor);
    }

    /** Like {@link #unfollow(AtIdentifier)}, but takes a DID, a handle, or the URL of a profile. */
    public void unfollow(String actor) {
        unfollow(UserInput.identifier(actor));
    }

    /**
     * Blocks an account. Blocks are public.
     *
     * @return the URI of the new or existing block
     * @throws IllegalArgumentException if the actor is this account
     * @throws dev.atlex.client.XrpcResponseException with status 400 if the account doesn't exist
     */
    public AtUri block(AtIdentifier actor) {
        return relations.block(actor);
    }

    /** Like {@link #block(AtIdentifier)}, but takes a DID, a handle, or the URL of a profile. */
    public AtUri block(String actor) {
        return block(UserInput.identifier(actor));
    }

    /**
     * Unblocks an account. Does nothing if it isn't blocked. A block through a {@linkplain Lists#block list} stays in
     * effect.
     */
    public void unblock(AtIdentifier actor) {
        relations.unblock(actor);
    }

    /** Like {@link #unblock(AtIdentifier)}, but takes a DID, a handle, or the URL of a profile. */
    public void unblock(String actor) {
        unblock(UserInput.identifier(actor));
    }

    /**
     * Mutes an account: hides its posts and notifications. Mutes are private.
     *
     * @throws IllegalArgumentException if the actor is this account
     */
    public void mute(AtIdentifier actor) {
        relations.mute(actor);
    }

    /** Like {@link #mute(AtIdentifier)}, but takes a DID, a handle, or the URL of a profile. */
    public void mute(String actor) {
        mute(UserInput.identifier(actor));
    }

    /** Unmutes an account. A mute through a {@linkplain Lists#mute list} stays in effect. */
    public void unmute(AtIdentifier actor) {
        relations.unmute(actor);
    }

    /** Like {@link #unmute(AtIdentifier)}, but takes a DID, a handle, or the URL of a profile. */
    public void unmute(String actor) {
        unmute(UserInput.identifier(actor));
    }

    /**
     * Edits the account's profile: {@code p -> p.displayName("Alice").avatar(Path.of("alice.jpg"))}. Everything else in
     * the profile is kept, including fields that this version doesn't know. If another app changes the profile at the
     * same time, the edit is applied to the other app's version.
     *
     * @param edit the edit, which runs once
     * @throws dev.atlex.bluesky.image.ImageException if an image can't be used; nothing is changed
     * @throws dev.atlex.client.UpdateConflictException if other apps keep changing the profile
     */
    public void editProfile(Consumer<? super ProfileEdit> edit) {
        profileWriter.edit(edit);
    }

    /**
     * Pins a post of this account to the top of its profile. Replaces the post that was pinned before.
     *
     * @throws IllegalArgumentException if the post belongs to a different account
     * @throws PostUnavailableException if the post doesn't exist
     */
    public void pin(AtUri post) {
        profileWriter.pin(post);
    }

    /** Like {@link #pin(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public void pin(String post) {
        pin(PostUris.parse(post));
    }

    /** Unpins the pinned post, if there is one. */
    public void unpin() {
        profileWriter.unpin();
    }

    /** Returns the account's preferences. They are private. */
    public Preferences preferences() {
        return preferenceStore.read();
    }

    /**
     * Changes preferences: {@code p -> p.muteWord("spoiler")}. All other preferences are kept, including those of kinds
     * that this version doesn't know.
     *
     * <p>Servers store preferences as a whole, and offer no way to detect a concurrent write by another app. This
     * method reads the preferences just before it writes and once again afterward. If another app has overwritten
     * them, it applies the change to that version. A change that another app makes between the read and the write is
     * lost. Threads that share this object don't lose changes.
     *
     * @param change the change, which may run several times
     * @return the preferences that are stored now
     * @throws PreferencesConflictException if another app keeps overwriting the change
     */
    public Preferences updatePreferences(Consumer<? super Preferences.Builder> change) {
        return preferenceStore.update(change);
    }

    /** Returns an object for working with the account's lists and starter packs. */
    public Lists lists() {
        return lists;
    }
}
