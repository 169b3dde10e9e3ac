package dev.atlex.bluesky;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.actor.GetProfile;
import app.bsky.actor.SearchActors;
import app.bsky.bookmark.BookmarkDefs.BookmarkView;
import app.bsky.bookmark.GetBookmarks;
import app.bsky.feed.FeedDefs.FeedViewPost;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.GetActorLikes;
import app.bsky.feed.GetAuthorFeed;
import app.bsky.feed.GetFeed;
import app.bsky.feed.GetLikes;
import app.bsky.feed.GetListFeed;
import app.bsky.feed.GetQuotes;
import app.bsky.feed.GetRepostedBy;
import app.bsky.feed.GetTimeline;
import app.bsky.feed.SearchPosts;
import app.bsky.graph.GetBlocks;
import app.bsky.graph.GetFollowers;
import app.bsky.graph.GetFollows;
import app.bsky.graph.GetMutes;
import dev.atlex.bluesky.internal.DidLookup;
import dev.atlex.bluesky.internal.PostUris;
import dev.atlex.bluesky.internal.Typos;
import dev.atlex.bluesky.internal.read.Batches;
import dev.atlex.bluesky.internal.read.ThreadReader;
import dev.atlex.client.Client;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.UserInput;
import java.util.Collection;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * The part of {@link Bluesky} that reads posts, feeds, threads and profiles.
 *
 * <p>Streams fetch a page when its first element is needed, so {@code timeline().limit(20)} makes a single request.
 * They end when the server has no more elements or repeats a page. An element that violates its schema is left out; the
 * rest of its page is returned. The order is the server's, usually newest first.
 *
 * <p>Every method that makes a call throws a {@link dev.atlex.client.XrpcException} if the call fails. Streams throw it
 * while they are being read.
 */
public abstract sealed class BlueskyReader permits BlueskyActions {
    private static final int PAGE = 100;

    private static final List<String> FILTERS = List.of(
            GetAuthorFeed.Params.FILTER_POSTS_WITH_REPLIES,
            GetAuthorFeed.Params.FILTER_POSTS_NO_REPLIES,
            GetAuthorFeed.Params.FILTER_POSTS_WITH_MEDIA,
            GetAuthorFeed.Params.FILTER_POSTS_AND_AUTHOR_THREADS,
            GetAuthorFeed.Params.FILTER_POSTS_WITH_VIDEO);

    private static final List<String> SORT_ORDERS =
            List.of(SearchPosts.Params.SORT_TOP, SearchPosts.Params.SORT_LATEST);

    final Client client;
    private final DidLookup dids;

    BlueskyReader(Client client) {
        this.client = client;
        this.dids = new DidLookup(client);
    }

    /** Returns the account's DID. */
    public final Did did() {
        return client.requireDid();
    }

    /**
     * Returns an AT URI with the account's DID in place of its handle. Such a URI stays valid if the account changes
     * its handle, and is the form in which other methods return URIs.
     */
    public AtUri resolve(AtUri uri) {
        return dids.withDid(uri);
    }

    /** Like {@link #resolve(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public AtUri resolve(String address) {
        return resolve(BskyUrls.toAtUri(address));
    }

    /** Returns the account's home timeline: posts and reposts of the accounts that it follows, newest first. */
    public Stream<FeedViewPost> timeline() {
        return client.pages(GetTimeline.QUERY, p -> p.limit(PAGE)).items(GetTimeline.Output::feed);
    }

    /**
     * Returns the posts and reposts of an account, newest first.
     *
     * @throws dev.atlex.client.XrpcResponseException if the call fails or one of the two accounts blocks the other; in
     *     the second case, {@code is(GetAuthorFeed.ERROR_BLOCKED_ACTOR)} or
     *     {@code is(GetAuthorFeed.ERROR_BLOCKED_BY_ACTOR)} returns true
     */
    public Stream<FeedViewPost> authorFeed(AtIdentifier actor) {
        return authorFeed(actor, p -> {});
    }

    /** Like {@link #authorFeed(AtIdentifier)}, but takes a DID, a handle, or the URL of a profile. */
    public Stream<FeedViewPost> authorFeed(String actor) {
        return authorFeed(UserInput.identifier(actor));
    }

    /**
     * Like {@link #authorFeed(AtIdentifier)}, but filtered: {@code p -> p.filter("posts_no_replies")}.
     *
     * @throws IllegalArgumentException if the filter looks like a misspelled known one
     * @see GetAuthorFeed.Params#FILTER_POSTS_NO_REPLIES
     */
    public Stream<FeedViewPost> authorFeed(
            AtIdentifier actor, Consumer<? super GetAuthorFeed.Params.Builder> parameters) {
        return client.pages(GetAuthorFeed.QUERY, p -> {
                    parameters.accept(p.actor(actor).limit(PAGE));
                    Typos.check("filter", p.build().filter(), FILTERS);
                })
                .items(GetAuthorFeed.Output::feed);
    }

    /** Returns the posts of a feed generator. */
    public Stream<FeedViewPost> feed(AtUri generator) {
        AtUri uri = resolve(generator);
        return client.pages(GetFeed.QUERY, p -> p.feed(uri).limit(PAGE)).items(GetFeed.Output::feed);
    }

    /**
     * Like {@link #feed(AtUri)}, but takes an AT URI or the URL of a page such as
     * {@code https://bsky.app/profile/alice.example.com/feed/cats}.
     */
    public Stream<FeedViewPost> feed(String generator) {
        return feed(BskyUrls.toAtUri(generator));
    }

    /** Returns the posts of the members of a list, newest first. */
    public Stream<FeedViewPost> listFeed(AtUri list) {
        AtUri uri = resolve(list);
        return client.pages(GetListFeed.QUERY, p -> p.list(uri).limit(PAGE)).items(GetListFeed.Output::feed);
    }

    /** Like {@link #listFeed(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public Stream<FeedViewPost> listFeed(String list) {
        return listFeed(BskyUrls.toAtUri(list));
    }

    /** Returns the posts that this account likes, most recently liked first. */
    public Stream<FeedViewPost> likedPosts() {
        return client.pages(GetActorLikes.QUERY, p -> p.actor(did()).limit(PAGE))
                .items(GetActorLikes.Output::feed);
    }

    /** Returns the account's bookmarks, newest first. Deleted and blocked posts appear as placeholders. */
    public Stream<BookmarkView> bookmarks() {
        return client.pages(GetBookmarks.QUERY, p -> p.limit(PAGE)).items(GetBookmarks.Output::bookmarks);
    }

    /**
     * Returns posts by their URIs, 25 per request. Posts that are deleted, blocked or unknown are left out. Equal URIs
     * are looked up once.
     */
    public Stream<PostView> posts(Collection<AtUri> uris) {
        return Batches.posts(client, uris);
    }

    /**
     * Searches posts. The server's default order is newest first.
     *
     * @param query the words to search for, and filters such as {@code from:alice.example.com} or {@code #tag}
     */
    public Stream<PostView> search(String query) {
        return search(query, p -> {});
    }

    /**
     * Like {@link #search(String)}, with filters: {@code p -> p.sort("latest").author("alice.example.com").lang("en")}.
     *
     * @throws IllegalArgumentException if the sort order looks like a misspelled known one
     */
    public Stream<PostView> search(String query, Consumer<? super SearchPosts.Params.Builder> parameters) {
        return client.pages(SearchPosts.QUERY, p -> {
                    parameters.accept(p.q(query).limit(PAGE));
                    Typos.check("sort", p.build().sort(), SORT_ORDERS);
                })
                .items(SearchPosts.Output::posts);
    }

    /** Searches accounts by handle, name and description. */
    public Stream<ProfileView> searchActors(String query) {
        return client.pages(SearchActors.QUERY, p -> p.q(query).limit(PAGE)).items(SearchActors.Output::actors);
    }

    /** Returns the accounts that follow an account, newest first. */
    public Stream<ProfileView> followers(AtIdentifier actor) {
        return client.pages(GetFollowers.QUERY, p -> p.actor(actor).limit(PAGE)).items(GetFollowers.Output::followers);
    }

    /** Like {@link #followers(AtIdentifier)}, but takes a DID, a handle, or the URL of a profile. */
    public Stream<ProfileView> followers(String actor) {
        return followers(UserInput.identifier(actor));
    }

    /** Returns the accounts that an account follows, newest first. */
    public Stream<ProfileView> follows(AtIdentifier actor) {
        return client.pages(GetFollows.QUERY, p -> p.actor(actor).limit(PAGE)).items(GetFollows.Output::follows);
    }

    /** Like {@link #follows(AtIdentifier)}, but takes a DID, a handle, or the URL of a profile. */
    public Stream<ProfileView> follows(String actor) {
        return follows(UserInput.identifier(actor));
    }

    /** Returns the accounts that this account mutes, newest first. */
    public Stream<ProfileView> mutes() {
        return client.pages(GetMutes.QUERY, p -> p.limit(PAGE)).items(GetMutes.Output::mutes);
    }

    /** Returns the accounts that this account blocks, newest first. */
    public Stream<ProfileView> blocks() {
        return client.pages(GetBlocks.QUERY, p -> p.limit(PAGE)).items(GetBlocks.Output::blocks);
    }

    /** Returns the likes of a post, newest first. */
    public Stream<GetLikes.Like> likes(AtUri post) {
        AtUri uri = resolve(post);
        return client.pages(GetLikes.QUERY, p -> p.uri(uri).limit(PAGE)).items(GetLikes.Output::likes);
    }

    /** Like {@link #likes(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public Stream<GetLikes.Like> likes(String post) {
        return likes(PostUris.parse(post));
    }

    /** Returns the accounts that have reposted a post, newest first. */
    public Stream<ProfileView> repostedBy(AtUri post) {
        AtUri uri = resolve(post);
        return client.pages(GetRepostedBy.QUERY, p -> p.uri(uri).limit(PAGE)).items(GetRepostedBy.Output::repostedBy);
    }

    /** Like {@link #repostedBy(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public Stream<ProfileView> repostedBy(String post) {
        return repostedBy(PostUris.parse(post));
    }

    /** Returns the posts that quote a post, newest first. */
    public Stream<PostView> quotes(AtUri post) {
        AtUri uri = resolve(post);
        return client.pages(GetQuotes.QUERY, p -> p.uri(uri).limit(PAGE)).items(GetQuotes.Output::posts);
    }

    /** Like {@link #quotes(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public Stream<PostView> quotes(String post) {
        return quotes(PostUris.parse(post));
    }

    /** Returns the profile of this account. */
    public ProfileViewDetailed profile() {
        return profile(did());
    }

    /**
     * Returns the profile of an account.
     *
     * @throws dev.atlex.client.XrpcResponseException with status 400 if the account doesn't exist, or is deactivated or
     *     taken down
     */
    public ProfileViewDetailed profile(AtIdentifier actor) {
        return client.call(GetProfile.QUERY, p -> p.actor(actor));
    }

    /** Like {@link #profile(AtIdentifier)}, but takes a DID, a handle, or the URL of a profile. */
    public ProfileViewDetailed profile(String actor) {
        return profile(UserInput.identifier(actor));
    }

    /**
     * Returns the profiles of accounts, 25 per request. Accounts that don't exist, or are deactivated or taken down,
     * are left out. Equal identifiers are looked up once.
     */
    public Stream<ProfileViewDetailed> profiles(Collection<? extends AtIdentifier> actors) {
        return Batches.profiles(client, actors);
    }

    /**
     * Reads the thread around a post: the posts that it replies to, and the replies below it, at any depth.
     *
     * @throws PostUnavailableException if the post is deleted or blocked
     */
    public PostThread readThread(AtUri post) {
        return readThread(post, o -> {});
    }

    /** Like {@link #readThread(AtUri)}, but takes an AT URI or the URL of a page on {@code bsky.app}. */
    public PostThread readThread(String post) {
        return readThread(PostUris.parse(post));
    }

    /** Like {@link #readThread(AtUri)}, with limits: {@code o -> o.parents(0).depth(1)}. */
    public PostThread readThread(AtUri post, Consumer<? super ReadThreadOptions.Builder> options) {
        return ThreadReader.read(client, resolve(PostUris.check(post)), ReadThreadOptions.of(options));
    }
}
