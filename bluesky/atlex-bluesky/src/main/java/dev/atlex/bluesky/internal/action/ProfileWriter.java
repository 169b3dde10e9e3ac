package dev.atlex.bluesky.internal.action;

import app.bsky.actor.Profile;
import com.atproto.repo.PutRecord;
import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.PostUnavailableException;
import dev.atlex.bluesky.ProfileEdit;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.internal.MissingRecord;
import dev.atlex.bluesky.internal.post.PostLookup;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.BlobRef;
import dev.atlex.syntax.AtUri;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Edits the account's profile. Each edit is a compare-and-swap of the whole record, so no concurrent change is lost.
 */
public final class ProfileWriter {
    /**
     * Write options that keep invalid values that other apps have stored in the profile, so that they don't prevent an
     * edit.
     */
    private static final WriteOptions LENIENT =
            WriteOptions.of(o -> o.call(CallOptions.of(call -> call.validateResponse(false))));

    private final Client client;
    private final Clock clock;
    private final PostLookup lookup;

    /** @param client a client of the account */
    public ProfileWriter(Client client, Clock clock) {
        this.client = client;
        this.clock = clock;
        this.lookup = new PostLookup(client);
    }

    public void edit(Consumer<? super ProfileEdit> edit) {
        ProfileEdit collected = new ProfileEdit();
        edit.accept(collected);
        List<Consumer<Profile.Builder>> changes = new ArrayList<>(collected.changes());
        PreparedImage avatar = collected.avatar();
        if (avatar != null) {
            BlobRef blob = ProfileImage.upload(client, avatar);
            changes.add(p -> p.avatar(blob));
        }
        PreparedImage banner = collected.banner();
        if (banner != null) {
            BlobRef blob = ProfileImage.upload(client, banner);
            changes.add(p -> p.banner(blob));
        }
        change(profile -> changes.forEach(change -> change.accept(profile)), true);
    }

    /**
     * @throws IllegalArgumentException if the post belongs to a different account
     * @throws PostUnavailableException if the post doesn't exist
     */
    public void pin(AtUri post) {
        StrongRef ref = lookup.find("pin", post).ref();
        if (!ref.uri().authority().equals(client.did())) {
            throw new IllegalArgumentException(
                    "pin: the post belongs to another account (got " + post + ", signed in as " + client.did() + ")");
        }
        change(profile -> profile.pinnedPost(ref), true);
    }

    public void unpin() {
        change(profile -> profile.pinnedPost(null), false);
    }

    /** @param create whether to create the profile if there is none */
    private void change(Consumer<Profile.Builder> change, boolean create) {
        try {
            update(change);
        } catch (XrpcResponseException e) {
            if (!MissingRecord.is(e)) {
                throw e;
            }
            if (create) {
                create(change);
            }
        }
    }

    private void update(Consumer<Profile.Builder> change) {
        client.update(
                Profile.RECORD,
                old -> {
                    Profile.Builder builder = old.toBuilder();
                    change.accept(builder);
                    return builder.build();
                },
                LENIENT);
    }

    private void create(Consumer<Profile.Builder> change) {
        Profile.Builder builder = Profile.builder().createdAt(clock.instant());
        change.accept(builder);
        try {
            client.put(Profile.RECORD, builder.build(), WriteOptions.of(o -> o.mustNotExist()));
        } catch (XrpcResponseException e) {
            if (!e.is(PutRecord.ERROR_INVALID_SWAP)) {
                throw e;
            }
            // Another app has created the profile in the meantime.
            update(change);
        }
    }
}
