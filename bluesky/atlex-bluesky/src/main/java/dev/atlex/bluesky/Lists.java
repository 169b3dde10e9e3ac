package dev.atlex.bluesky;

import app.bsky.actor.ActorDefs.ProfileView;
import app.bsky.graph.GetList;
import app.bsky.graph.GetListBlocks;
import app.bsky.graph.GetListMutes;
import app.bsky.graph.GetLists;
import app.bsky.graph.GetStarterPack;
import app.bsky.graph.GraphDefs;
import app.bsky.graph.GraphDefs.ListItemView;
import app.bsky.graph.GraphDefs.ListView;
import app.bsky.graph.GraphDefs.ListViewBasic;
import app.bsky.graph.GraphDefs.StarterPackView;
import dev.atlex.bluesky.internal.DidLookup;
import dev.atlex.bluesky.internal.Typos;
import dev.atlex.bluesky.internal.action.ListMembers;
import dev.atlex.bluesky.internal.action.ListSubscriptions;
import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import java.time.Clock;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/**
 * Lists of accounts and starter packs. Immutable and thread-safe.
 *
 * <p>Only the owner can change a list. Anyone can read it, or mute or block the accounts on it. All changes except
 * {@link #create} are idempotent. Streams fetch one page at a time, like the streams of {@link BlueskyReader}. Every
 * method throws a {@link dev.atlex.client.XrpcException} if a call fails.
 *
 * @see Bluesky#lists
 */
public final class Lists {
    private static final int PAGE = 100;

    private static final Set<String> PURPOSES =
            Set.of(GraphDefs.MODLIST, GraphDefs.CURATELIST, GraphDefs.REFERENCELIST);

    private final Client client;
    private final Clock clock;
    private final DidLookup dids;
    private final ListMembers members;
    private final ListSubscriptions subscriptions;

    Lists(Client client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.dids = new DidLookup(client);
        this.members = new ListMembers(client, clock);
        this.subscriptions = new ListSubscriptions(client, clock);
    }

    /**
     * Creates an empty list. Several lists may have the same name.
     *
     * @param name the name, 1 to 64 bytes in UTF-8
     * @return the list's URI
     */
    public AtUri create(ListPurpose purpose, String name) {
        return create(purpose, name, list -> {});
    }

    /**
     * Like {@link #create(ListPurpose, String)}, with a function that sets other fields, such as
     * {@code l -> l.description("Cats")}.
     *
     * @throws IllegalArgumentException if the function sets a purpose that looks like a misspelled known one
     */
    public AtUri create(ListPurpose purpose, String name, Consumer<? super app.bsky.graph.List.Builder> more) {
        app.bsky.graph.List.Builder list = app.bsky.graph.List.builder()
                .purpose(purpose.token())
                .name(name)
                .createdAt(clock.instant());
        more.accept(list);
        app.bsky.graph.List built = list.build();
        Typos.check("purpose", built.purpose(), PURPOSES);
        return client.with(o -> o.idempotentCreates(true))
                .create(app.bsky.graph.List.RECORD, built, WriteOptions.DEFAULTS)
                .uri();
    }

    /** Returns this account's lists, newest first. */
    public Stream<ListView> own() {
        return of(client.requireDid());
    }

    /** Returns an account's lists, newest first. */
    public Stream<ListView> of(AtIdentifier actor) {
        return client.pages(GetLists.QUERY, p -> p.actor(actor).limit(PAGE)).items(GetLists.Output::lists);
    }

    /** Returns a list without its members. */
    public ListView get(AtUri list) {
        AtUri uri = dids.withDid(list);
        return client.call(GetList.QUERY, p -> p.list(uri).limit(1)).list();
    }

    /** Returns the members of a list, newest first. */
    public Stream<ListItemView> members(AtUri list) {
        AtUri uri = dids.withDid(list);
        return client.pages(GetList.QUERY, p -> p.list(uri).limit(PAGE)).items(GetList.Output::items);
    }

    /**
     * Adds an account to one of this account's lists. Does nothing if it is already a member.
     *
     * @return the URI of the membership
     * @throws IllegalArgumentException if the list belongs to a different account
     */
    public AtUri add(AtUri list, AtIdentifier member) {
        return members.add(list, member);
    }

    /**
     * Removes an account from one of this account's lists. Does nothing if it isn't a member.
     *
     * @throws IllegalArgumentException if the list belongs to a different account
     */
    public void remove(AtUri list, AtIdentifier member) {
        members.remove(list, member);
    }

    /**
     * Deletes one of this account's lists and all of its memberships. Does nothing if the list doesn't exist.
     *
     * @throws IllegalArgumentException if the list belongs to a different account
     */
    public void delete(AtUri list) {
        members.delete(list);
    }

    /** Mutes all accounts on a list for as long as they are on it. Mutes are private. */
    public void mute(AtUri list) {
        subscriptions.mute(list);
    }

    /** Unmutes a list. Accounts that were muted individually stay muted. */
    public void unmute(AtUri list) {
        subscriptions.unmute(list);
    }

    /**
     * Blocks all accounts on a list for as long as they are on it. Blocks are public.
     *
     * @return the URI of the block
     */
    public AtUri block(AtUri list) {
        return subscriptions.block(list);
    }

    /** Unblocks a list. Accounts that were blocked individually stay blocked. */
    public void unblock(AtUri list) {
        subscriptions.unblock(list);
    }

    /** Returns the lists that this account mutes. */
    public Stream<ListView> muted() {
        return client.pages(GetListMutes.QUERY, p -> p.limit(PAGE)).items(GetListMutes.Output::lists);
    }

    /** Returns the lists that this account blocks. */
    public Stream<ListView> blocked() {
        return client.pages(GetListBlocks.QUERY, p -> p.limit(PAGE)).items(GetListBlocks.Output::lists);
    }

    /** Returns a starter pack with a sample of its members. */
    public StarterPackView starterPack(AtUri pack) {
        AtUri uri = dids.withDid(pack);
        return client.call(GetStarterPack.QUERY, p -> p.starterPack(uri)).starterPack();
    }

    /** Returns all members of a starter pack. The stream is empty if the pack's list was deleted. */
    public Stream<ProfileView> starterPackMembers(AtUri pack) {
        ListViewBasic list = starterPack(pack).list();
        return list == null ? Stream.empty() : members(list.uri()).map(ListItemView::subject);
    }
}
