package dev.atlex.bluesky.internal.action;

import app.bsky.graph.GetList;
import app.bsky.graph.GraphDefs.ListViewerState;
import app.bsky.graph.Listblock;
import app.bsky.graph.MuteActorList;
import app.bsky.graph.UnmuteActorList;
import dev.atlex.bluesky.internal.DidLookup;
import dev.atlex.bluesky.internal.RepeatableCalls;
import dev.atlex.bluesky.internal.post.PostLookup;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.syntax.AtUri;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Mutes and blocks whole lists. */
public final class ListSubscriptions {
    private final Client client;
    private final Clock clock;
    private final DidLookup dids;
    private final SubjectRecords blocks;

    /** @param client a client of the account */
    public ListSubscriptions(Client client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.dids = new DidLookup(client);
        this.blocks = new SubjectRecords(client, Listblock.RECORD);
    }

    public void mute(AtUri list) {
        AtUri uri = ListUris.withDid("mute", list, dids);
        client.call(MuteActorList.PROCEDURE, p -> p.list(uri), RepeatableCalls.options(client));
    }

    public void unmute(AtUri list) {
        AtUri uri = ListUris.withDid("unmute", list, dids);
        client.call(UnmuteActorList.PROCEDURE, p -> p.list(uri), RepeatableCalls.options(client));
    }

    public AtUri block(AtUri list) {
        AtUri uri = ListUris.withDid("block", list, dids);
        ListViewerState viewer;
        try {
            viewer = viewer(uri);
        } catch (XrpcResponseException e) {
            if (!PostLookup.isWithoutAppView(e)) {
                throw e;
            }
            viewer = null;
        }
        return blocks.create(
                RecordSubject.ofList(uri),
                viewer == null ? null : viewer.blocked(),
                Listblock.builder().subject(uri).createdAt(clock.instant()).build());
    }

    /** Unblocks a list, even one that was deleted. */
    public void unblock(AtUri list) {
        AtUri uri = ListUris.withDid("unblock", list, dids);
        ListViewerState viewer;
        boolean lookedUp = true;
        try {
            viewer = viewer(uri);
        } catch (XrpcResponseException e) {
            if (e.status() != 400 && !PostLookup.isWithoutAppView(e)) {
                throw e;
            }
            viewer = null;
            lookedUp = false;
        }
        blocks.delete(RecordSubject.ofList(uri), viewer == null ? null : viewer.blocked(), lookedUp);
    }

    private @Nullable ListViewerState viewer(AtUri list) {
        return client.call(GetList.QUERY, p -> p.list(list).limit(1)).list().viewer();
    }
}
