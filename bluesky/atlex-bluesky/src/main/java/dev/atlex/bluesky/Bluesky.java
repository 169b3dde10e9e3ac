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
 * A signed-in account on Bluesky. It has methods for what users do in the app, such as posting, replying, liking,
 * following and reading a timeline.
 *
 * <p>Instances are immutable and thread-safe.
 */
public final class Bluesky extends BlueskyActions {
    /** The default call options. An invalid post doesn't fail a whole page, and a lost packet doesn't end a program. */
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
     * @param agent a session, the agent of an account from a pool, or a {@link LazyAgent}, whose session is obtained
     *     when the first method is called
     * @throws IllegalArgumentException if the agent isn't signed in
     */
    public static Bluesky of(Agent agent) {
        return of(agent, BlueskyOptions.DEFAULTS);
    }

    /** Like {@link #of(Agent)}, with options. */
    public static Bluesky of(Agent agent, BlueskyOptions options) {
        if (!(agent instanceof LazyAgent<?>) && agent.did() == null) {
            throw new IllegalArgumentException("Bluesky.of: the agent is not signed in; pass a session");
        }
        return new Bluesky(new Client(agent, options.call().orElse(CALLS)), options);
    }

    /**
     * Returns the client that this object uses, to call any other method. Unless the options change this, it leaves
     * invalid array elements out of its responses, lists them in {@link dev.atlex.client.XrpcResponse#problems()}, and
     * retries calls that are safe to repeat up to 3 times.
     */
    public Client client() {
        return client;
    }

    /**
     * Creates a post with this text. Links, hashtags and mentions become clickable.
     *
     * @return the new post, with the mentions that couldn't be resolved and remain plain text
     * @throws PostTooLongException if the text has more than 300 graphemes or 3,000 bytes of UTF-8;
     *     {@link #thread(String)} posts it in parts
     * @throws InvalidPostException if the text is blank
     * @throws dev.atlex.client.XrpcException if the server can't be reached or refuses the post
     */
    public Posted post(String text) {
        return post(NewPost.of(text));
    }

    /**
     * Creates a post. The function sets its content, such as
     * {@code p -> p.text("Look").image(path, "A cat").langs("en")}.
     *
     * <p>The call checks the post, looks up mentions and the parent, uploads media, and then writes the record. If a
     * response is lost, it checks whether the post exists before it retries, so a retry never creates a second post.
     * For the same guarantee across processes and restarts, set a {@linkplain NewPost.Builder#key key}.
     *
     * @throws InvalidPostException if the post exceeds a limit or combines parts that exclude each other; nothing was
     *     sent
     * @throws PostUnavailableException if the post to reply to or quote is deleted, blocked, or closed to this account
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
     * Replies to a post. The root of the thread is found automatically.
     *
     * @throws PostUnavailableException if the post is deleted, blocked, or closed to replies from this account
     * @throws InvalidPostException for the same reasons as {@link #post(String)}
     */
    public Posted reply(AtUri parent, String text) {
        return post(p -> p.text(text).reply(parent));
    }

    /**
     * Like {@link #reply(AtUri, String)}, but takes an AT URI or the URL of a page, such as
     * {@code https://bsky.app/profile/alice.example.com/post/3jzfcijpj2z2a}.
     */
    public Posted reply(String parent, String text) {
        return reply(PostUris.parse(parent), text);
    }

    /** Like {@link #reply(AtUri, String)}, with a function that sets the content of the reply. */
    public Posted reply(AtUri parent, Consumer<? super NewPost.Builder> post) {
        return post(NewPost.of(post).toBuilder().reply(parent).build());
    }

    /**
     * Quotes a post.
     *
     * @throws PostUnavailableException if the post is deleted or blocked, or its author doesn't allow quotes
     * @throws InvalidPostException for the same reasons as {@link #post(String)}
     */
    public Posted quote(AtUri quoted, String text) {
        return post(p -> p.text(text).quote(quoted));
    }

    /** Like {@link #quote(AtUri, String)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public Posted quote(String quoted, String text) {
        return quote(PostUris.parse(quoted), text);
    }

    /** Like {@link #quote(AtUri, String)}, with a function that sets the content of the post. */
    public Posted quote(AtUri quoted, Consumer<? super NewPost.Builder> post) {
        return post(NewPost.of(post).toBuilder().quote(quoted).build());
    }

    /**
     * Creates a thread from text of any length. The text is split between sentences if possible, and between words
     * otherwise. A link is cut only if it is too long for one post. Text that fits into one post becomes a single post.
     *
     * <p>All posts are written in one commit: either the whole thread exists, or none of it.
     *
     * @throws InvalidPostException if the text is blank or needs more than 200 posts
     * @throws dev.atlex.client.XrpcException if the server can't be reached or refuses the posts
     */
    public PostedThread thread(String text) {
        return thread(text, options -> {});
    }

    /** Like {@link #thread(String)}, with a function that sets options, such as {@code t -> t.numbered(true)}. */
    public PostedThread thread(String text, Consumer<? super ThreadOptions.Builder> options) {
        return thread(RichText.detect(text), options);
    }

    /** Like {@link #thread(String, Consumer)}, for text that already has its links, tags and mentions. */
    public PostedThread thread(RichText text, Consumer<? super ThreadOptions.Builder> options) {
        ThreadOptions set = ThreadOptions.of(options);
        return thread(ThreadText.posts(text, set), set);
    }

    /**
     * Creates a thread of several posts in one commit. Only the first may {@linkplain NewPost.Builder#reply reply} to
     * another post, {@linkplain NewPost.Builder#replies restrict replies} or have a
     * {@linkplain NewPost.Builder#key key}, which then applies to the whole thread.
     *
     * @param posts the posts in reading order, at least one; together with their reply and quote rules, at most 200
     *     records
     * @throws InvalidPostException if a post exceeds a limit or combines parts that exclude each other; nothing was
     *     sent
     * @throws PostUnavailableException if the post to reply to or quote is deleted, blocked, or closed to this account
     * @throws dev.atlex.client.XrpcException if the server can't be reached or refuses the posts
     */
    public PostedThread thread(List<NewPost> posts) {
        return thread(posts, ThreadOptions.DEFAULTS);
    }

    /** Like {@link #thread(List)}, with a function that sets options. The posts aren't numbered. */
    public PostedThread thread(List<NewPost> posts, Consumer<? super ThreadOptions.Builder> options) {
        return thread(posts, ThreadOptions.of(options));
    }

    private PostedThread thread(List<NewPost> posts, ThreadOptions options) {
        return new PostedThread(writer.thread(ThreadText.complete(posts, options)));
    }

    /**
     * Deletes one of this account's posts. Succeeds even if the post doesn't exist. The other posts of its thread
     * remain.
     *
     * @throws IllegalArgumentException if the post belongs to a different account
     * @throws dev.atlex.client.XrpcException if the server can't be reached or refuses the request
     */
    public void delete(AtUri post) {
        PostDeletion.delete(client, did(), PostUris.parse(post.toString()));
    }

    /** Like {@link #delete(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public void delete(String post) {
        delete(PostUris.parse(post));
    }

    /**
     * Returns a consumer of the account's notifications that handles each of them at least once, even across restarts.
     *
     * @throws IllegalArgumentException if an option is invalid
     */
    public Notifications notifications(Consumer<? super NotificationOptions.Builder> options) {
        return Notifications.of(client.agent(), NotificationOptions.of(options));
    }

    /**
     * Replies to a notification's post, at most once. The reply's key is derived from that post, so a repeated call in
     * any process finds the first reply and returns it.
     *
     * @param notification a mention, reply, quote or other notification of a post
     * @throws IllegalArgumentException if the notification isn't about a post but, for example, about a like or a
     *     follow
     * @throws PostUnavailableException if the post is deleted, blocked, or closed to replies from this account
     * @throws InvalidPostException for the same reasons as {@link #post(String)}
     */
    public Posted reply(Notification notification, String text) {
        return reply(notification, p -> p.text(text));
    }

    /**
     * Like {@link #reply(Notification, String)}, with a function that sets the content. A key that it sets is replaced.
     */
    public Posted reply(Notification notification, Consumer<? super NewPost.Builder> post) {
        return writer.reply(NotificationReply.of(notification, NewPost.of(post)));
    }

    /** Returns an object for the account's videos: uploads, jobs and limits. */
    public Videos videos() {
        return Videos.of(client.agent(), options.video());
    }

    /**
     * Loads this account's moderation settings: labelers and their label definitions, label preferences, muted words
     * and hidden posts.
     *
     * @throws dev.atlex.client.XrpcException if a call fails
     */
    public Moderation moderation() {
        return Moderation.load(client.agent());
    }

    /**
     * Returns a copy of this object whose calls request labels from the viewer's labelers. Without that request, a
     * server sends only the labels of its own labelers.
     */
    public Bluesky withLabelsOf(Moderation moderation) {
        return of(
                client.agent(),
                options.toBuilder()
                        .call(moderation.preferences().callOptions().orElse(options.call()))
                        .build());
    }

    /** Returns an object for the account's direct messages. */
    public Chat chat() {
        return Chat.of(client.agent());
    }

    @Override
    public String toString() {
        return "Bluesky[" + (client.agent() instanceof LazyAgent<?> lazy ? lazy : did()) + "]";
    }
}
