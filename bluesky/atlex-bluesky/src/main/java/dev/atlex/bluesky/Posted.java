package dev.atlex.bluesky;

import com.atproto.repo.StrongRef;
import dev.atlex.bluesky.card.LinkCardException;
import dev.atlex.client.StrongRefs;
import dev.atlex.data.Cid;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A post that was created, or that already existed under its key. */
public final class Posted {
    private final AtUri uri;
    private final Cid cid;
    private final boolean created;
    private final List<Handle> unresolvedMentions;
    private final @Nullable LinkCardException cardFailure;

    /**
     * Creates a result.
     *
     * @param uri the post's URI, with the account's DID
     * @param created whether this call created the post, rather than finding it under its key
     * @param cardFailure the reason why the link card's page or image couldn't be read, or null
     */
    public Posted(
            AtUri uri,
            Cid cid,
            boolean created,
            List<Handle> unresolvedMentions,
            @Nullable LinkCardException cardFailure) {
        this.uri = Objects.requireNonNull(uri, "uri");
        this.cid = Objects.requireNonNull(cid, "cid");
        this.created = created;
        this.unresolvedMentions = List.copyOf(unresolvedMentions);
        this.cardFailure = cardFailure;
    }

    /** Returns the post's URI. Its authority is the account's DID. */
    public AtUri uri() {
        return uri;
    }

    /** Returns the CID of the post's content. */
    public Cid cid() {
        return cid;
    }

    /** Returns a reference to this version of the post, for use in a like or a reply. */
    public StrongRef ref() {
        return StrongRefs.of(uri, cid);
    }

    /** Returns the post's address on {@code bsky.app}. */
    public URI webUrl() {
        return URI.create("https://bsky.app/profile/" + uri.authority() + "/post/" + uri.recordKey());
    }

    /**
     * Returns whether this call created the post. False if the post already existed under its
     * {@linkplain NewPost.Builder#key key}.
     */
    public boolean created() {
        return created;
    }

    /**
     * Returns the mentioned handles that belong to no account or couldn't be looked up. They are plain text in the
     * post. Empty if the post already existed.
     */
    public List<Handle> unresolvedMentions() {
        return unresolvedMentions;
    }

    /**
     * Returns why the page of the post's {@linkplain NewPost.Builder#card(URI) link card}, or the image on it, couldn't
     * be read; null if there was no failure. If the page couldn't be read, the card shows the host of the link.
     */
    public @Nullable LinkCardException cardFailure() {
        return cardFailure;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Posted that
                && uri.equals(that.uri)
                && cid.equals(that.cid)
                && created == that.created
                && unresolvedMentions.equals(that.unresolvedMentions);
    }

    @Override
    public int hashCode() {
        return Objects.hash(uri, cid);
    }

    @Override
    public String toString() {
        return "Posted[" + uri + ", created=" + created
                + (unresolvedMentions.isEmpty() ? "" : ", unresolvedMentions=" + unresolvedMentions)
                + (cardFailure == null ? "" : ", cardFailure=" + cardFailure.getMessage()) + "]";
    }
}
