package dev.atlex.bluesky;

import app.bsky.notification.ListNotifications.Notification;
import dev.atlex.bluesky.chat.Chat;
import dev.atlex.bluesky.internal.PostUris;
import dev.atlex.bluesky.internal.post.NotificationReply;
import dev.atlex.bluesky.internal.post.PostDeletion;
import dev.atlex.bluesky.internal.post.PostWriter;
import dev.atlex.bluesky.internal.post.ThreadText;
import dev.atlex.bluesky.moderation.Moderation;
import dev.atlex.bluesky.notification.NotificationOptions;
import dev.atlex.bluesky.notification.Notifications;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.bluesky.video.Videos;
import dev.atlex.client.Agent;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.InvalidItems;
import dev.atlex.client.LazyAgent;
import dev.atlex.syntax.AtUri;
import java.util.List;
import java.util.function.Consumer;

/**
 * An account on Bluesky, with the operations that its users know: post, reply, like, follow, read a timeline.
 *
 * <p>Instances are immutable and thread-safe.
 */
public final class Bluesky extends BlueskyActions {
    /** One invalid post must not cost a whole page, and one lost packet must not end a program. */
    private static final CallOptions CALLS =
            CallOptions.of(o -> o.invalidItems(InvalidItems.SKIP).retries(3));

    private final BlueskyOptions options;
    private final PostWriter writer;

    private Bluesky(Client client, BlueskyOptions options) {
        super(client, options);
        this.options = options;
        this.writer = new PostWriter(client, options);
    }

    /**
     * Returns the account that an agent is signed in to.
     *
     * @param agent a session, the agent of an account from a pool, or a {@link LazyAgent}, which is obtained when the first
     *     method is called
     * @throws IllegalArgumentException if the agent is not signed in
     */
    public static Bluesky of(Agent agent) {
        return of(agent, BlueskyOptions.DEFAULTS);
    }

    /** Like {@link #of(Agent)}, with options. */
    public static Bluesky of(Agent agent, BlueskyOptions options) {
        if (!(agent instanceof LazyAgent) && agent.did() == null) {
            throw new IllegalArgumentException("Bluesky.of: the agent is not signed in; pass a session");
        }
        return new Bluesky(new Client(agent, options.call().orElse(CALLS)), options);
    }

    /**
     * Returns the client that this object uses, for all other methods. Unless the options say otherwise, invalid elements of
     * arrays are left out of its responses and reported by {@link dev.atlex.client.XrpcResponse}, and calls that are safe to
     * repeat are retried up to 3 times.
     */
    public Client client() {
        return client;
    }

    /**
     * Creates a post with this text. Links, hashtags and mentions become clickable.
     *
     * @return the post, with the mentions that couldn't be resolved and so are plain text
     * @throws PostTooLongException if the text has more than 300 graphemes or 3,000 bytes of UTF-8; {@link #thread(String)}
     *     posts it in parts
     * @throws InvalidPostException if the text is empty
     * @throws dev.atlex.client.XrpcException if the server can't be reached or refuses the post
     */
    public Posted post(String text) {
        return post(NewPost.of(text));
    }

    /**
     * Creates the post that the function describes, such as {@code p -> p.text("Look").image(path, "A cat").langs("en")}.
     *
     * <p>The call checks the post, looks up mentions and the parent, uploads media, and then writes the record. If a response is
     * lost, it checks whether the post exists before it retries, so that there is never a second one. To get the same guarantee
     * across processes and restarts, set a {@linkplain NewPost.Builder#key key}.
     *
     * @throws InvalidPostException if the post is impossible; nothing was sent
     * @throws PostUnavailableException if the post replied to or quoted is deleted, blocked or closed to this account
     * @throws dev.atlex.client.XrpcException if the server can't be reached or refuses the post
     */
    public Posted post(Consumer<? super NewPost.Builder> post) {
        return post(NewPost.of(post));
    }

    /** Like {@link #post(Consumer)}, with a post that is already built. */
    public Posted post(NewPost post) {
        return writer.post(post);
    }

    /**
     * Replies to a post. The root of its thread is looked up.
     *
     * @throws PostUnavailableException if the post is deleted, blocked, or closed to replies of this account
     * @throws InvalidPostException like {@link #post(String)}
     */
    public Posted reply(AtUri parent, String text) {
        return post(p -> p.text(text).reply(parent));
    }

    /**
     * Like {@link #reply(AtUri, String)}, with an AT URI or a page such as
     * {@code https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a}.
     */
    public Posted reply(String parent, String text) {
        return reply(PostUris.parse(parent), text);
    }

    /** Like {@link #reply(AtUri, String)}, with the post that the function describes. */
    public Posted reply(AtUri parent, Consumer<? super NewPost.Builder> post) {
        return post(NewPost.of(post).toBuilder().reply(parent).build());
    }

    /**
     * Quotes a post.
     *
     * @throws PostUnavailableException if the post is deleted or blocked, or its author doesn't allow quotes
     * @throws InvalidPostException like {@link #post(String)}
     */
    public Posted quote(AtUri quoted, String text) {
        return post(p -> p.text(text).quote(quoted));
    }

    /** Like {@link #quote(AtUri, String)}, with an AT URI or the address of a page on {@code bsky.app}. */
    public Posted quote(String quoted, String text) {
        return quote(PostUris.parse(quoted), text);
    }

    /** Like {@link #quote(AtUri, String)}, with the post that the function describes. */
    public Posted quote(AtUri quoted, Consumer<? super NewPost.Builder> post) {
        return post(NewPost.of(post).toBuilder().quote(quoted).build());
    }

    /**
     * Creates a thread from text of any length. The text is split between sentences if possible, otherwise between words, and
     * never inside a link. Text that fits becomes a single post.
     *
     * <p>All posts are written in one commit: either the whole thread exists, or nothing.
     *
     * @throws InvalidPostException if the text is empty, or needs more than 200 posts
     * @throws dev.atlex.client.XrpcException if the server can't be reached or refuses the posts
     */
    public PostedThread thread(String text) {
        return thread(text, options -> {});
    }

    /** Like {@link #thread(String)}, with the options that the function sets, such as {@code t -> t.numbered(true)}. */
    public PostedThread thread(String text, Consumer<? super ThreadOptions.Builder> options) {
        return thread(RichText.detect(text), options);
    }

    /** Like {@link #thread(String, Consumer)}, for text whose links, tags and mentions are already set. */
    public PostedThread thread(RichText text, Consumer<? super ThreadOptions.Builder> options) {
        ThreadOptions set = ThreadOptions.of(options);
        return thread(ThreadText.posts(text, set), set);
    }

    /**
     * Creates a thread of several posts in one commit. Only the first may {@linkplain NewPost.Builder#reply reply} to another
     * post, {@linkplain NewPost.Builder#replies restrict replies} and have a {@linkplain NewPost.Builder#key key}, which is
     * then that of the thread.
     *
     * @param posts in reading order, 1 to 200
     * @throws InvalidPostException if a post is impossible; nothing was sent
     * @throws PostUnavailableException if the post replied to or quoted is deleted, blocked or closed to this account
     * @throws dev.atlex.client.XrpcException if the server can't be reached or refuses the posts
     */
    public PostedThread thread(List<NewPost> posts) {
        return thread(posts, ThreadOptions.DEFAULTS);
    }

    /** Like {@link #thread(List)}, with the options that the function sets. Numbers are not added. */
    public PostedThread thread(List<NewPost> posts, Consumer<? super ThreadOptions.Builder> options) {
        return thread(posts, ThreadOptions.of(options));
    }

    private PostedThread thread(List<NewPost> posts, ThreadOptions options) {
        return new PostedThread(writer.thread(ThreadText.complete(posts, options)));
    }

    /**
     * Deletes a post of this account. Succeeds if it doesn't exist. If the post is part of a thread, the other posts stay.
     *
     * @throws IllegalArgumentException if the post belongs to another account
     * @throws dev.atlex.client.XrpcException if the server can't be reached or refuses
     */
    public void delete(AtUri post) {
        PostDeletion.delete(client, did(), PostUris.parse(post.toString()));
    }

    /** Like {@link #delete(AtUri)}, with an AT URI or the address of a page on {@code bsky.app}. */
    public void delete(String post) {
        delete(PostUris.parse(post));
    }

    /**
     * Returns the account's notifications, each of which is handled at least once, across restarts.
     *
     * @throws IllegalArgumentException if an option is invalid
     */
    public Notifications notifications(Consumer<? super NotificationOptions.Builder> options) {
        return Notifications.of(client.agent(), NotificationOptions.of(options));
    }

    /**
     * Replies to the post of a notification, at most once: its key is derived from the post, so a repeated call finds the first
     * reply and returns it, in any process.
     *
     * @param notification a mention, reply, quote or other notification of a post
     * @throws IllegalArgumentException if the notification is not about a post, such as a like or a follow
     * @throws PostUnavailableException if the post is deleted, blocked, or closed to replies of this account
     * @throws InvalidPostException like {@link #post(String)}
     */
    public Posted reply(Notification notification, String text) {
        return reply(notification, p -> p.text(text));
    }

    /** Like {@link #reply(Notification, String)}, with the post that the function describes. Its key is replaced. */
    public Posted reply(Notification notification, Consumer<? super NewPost.Builder> post) {
        return writer.reply(NotificationReply.of(notification, NewPost.of(post)));
    }

    /** Returns the account's videos: uploads, jobs and limits. */
    public Videos videos() {
        return Videos.of(client.agent(), options.video());
    }

    /**
     * Loads this account's choices for moderation: labelers with their definitions, label settings, muted words, hidden posts.
     *
     * @throws dev.atlex.client.XrpcException if a call fails
     */
    public Moderation moderation() {
        return Moderation.load(client.agent());
    }

    /**
     * Returns this account with calls that request the labels of the viewer's labelers. Without them, a server sends only those
     * of its own labelers.
     */
    public Bluesky withLabelsOf(Moderation moderation) {
        return of(
                client.agent(),
                options.toBuilder()
                        .call(moderation.preferences().callOptions().orElse(options.call()))
                        .build());
    }

    /** Returns the account's direct messages. */
    public Chat chat() {
        return Chat.of(client.agent());
    }

    @Override
    public String toString() {
        return "Bluesky[" + (client.agent() instanceof LazyAgent lazy ? lazy : did()) + "]";
    }
}
