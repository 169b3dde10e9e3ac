package dev.atlex.bluesky.internal.action;

import app.bsky.actor.ActorDefs.ProfileViewDetailed;
import app.bsky.actor.ActorDefs.ViewerState;
import app.bsky.actor.GetProfile;
import app.bsky.graph.Block;
import app.bsky.graph.Follow;
import app.bsky.graph.MuteActor;
import app.bsky.graph.UnmuteActor;
import dev.atlex.bluesky.internal.DidLookup;
import dev.atlex.bluesky.internal.RepeatableCalls;
import dev.atlex.bluesky.internal.post.PostLookup;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import java.time.Clock;
import org.jspecify.annotations.Nullable;

/** Actions on other accounts: follow, block, mute. */
public final class Relations {
    private final Client client;
    private final Clock clock;
    private final DidLookup dids;
    private final SubjectRecords follows;
    private final SubjectRecords blocks;

    /** @param client a client of the account */
    public Relations(Client client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.dids = new DidLookup(client);
        this.follows = new SubjectRecords(client, Follow.RECORD);
        this.blocks = new SubjectRecords(client, Block.RECORD);
    }

    /** @throws IllegalArgumentException if the actor is this account */
    public AtUri follow(AtIdentifier actor) {
        Known known = existing("follow", actor);
        return follows.create(
                RecordSubject.of(known.did()),
                known.viewer() == null ? null : known.viewer().following(),
                Follow.builder().subject(known.did()).createdAt(clock.instant()).build());
    }

    public void unfollow(AtIdentifier actor) {
        Known known = anyKnown(actor);
        follows.delete(
                RecordSubject.of(known.did()),
                known.viewer() == null ? null : known.viewer().following(),
                known.viewer() != null);
    }

    /** @throws IllegalArgumentException if the actor is this account */
    public AtUri block(AtIdentifier actor) {
        Known known = existing("block", actor);
        return blocks.create(
                RecordSubject.of(known.did()),
                known.viewer() == null ? null : known.viewer().blocking(),
                Block.builder().subject(known.did()).createdAt(clock.instant()).build());
    }

    public void unblock(AtIdentifier actor) {
        Known known = anyKnown(actor);
        blocks.delete(
                RecordSubject.of(known.did()),
                known.viewer() == null ? null : known.viewer().blocking(),
                known.viewer() != null);
    }

    /** @throws IllegalArgumentException if the actor is this account */
    public void mute(AtIdentifier actor) {
        Did did = dids.did(actor);
        refuseSelf("mute", did);
        client.call(MuteActor.PROCEDURE, p -> p.actor(did), RepeatableCalls.options(client));
    }

    public void unmute(AtIdentifier actor) {
        Did did = dids.did(actor);
        client.call(UnmuteActor.PROCEDURE, p -> p.actor(did), RepeatableCalls.options(client));
    }

    /** @param viewer this account's relation to the other account, or null if unknown */
    private record Known(Did did, @Nullable ViewerState viewer) {}

    /** Returns an account to create a record about. Fails if the AppView reports that it doesn't exist. */
    private Known existing(String operation, AtIdentifier actor) {
        Known known;
        try {
            known = profile(actor);
        } catch (XrpcResponseException e) {
            if (!PostLookup.isWithoutAppView(e)) {
                throw e;
            }
            known = new Known(dids.did(actor), null);
        }
        refuseSelf(operation, known.did());
        return known;
    }

    /** Returns an account, even one that is deleted, deactivated or taken down. */
    private Known anyKnown(AtIdentifier actor) {
        try {
            return profile(actor);
        } catch (XrpcResponseException e) {
            if (e.status() == 400 || PostLookup.isWithoutAppView(e)) {
                return new Known(dids.did(actor), null);
            }
            throw e;
        }
    }

    private Known profile(AtIdentifier actor) {
        ProfileViewDetailed profile = client.call(GetProfile.QUERY, p -> p.actor(actor));
        return new Known(profile.did(), profile.viewer());
    }

    private void refuseSelf(String operation, Did did) {
        if (did.equals(client.did())) {
            throw new IllegalArgumentException(
                    operation + ": expected another account, not the signed-in one (got " + did + ")");
        }
    }
}
