package dev.atlex.bluesky;

import app.bsky.actor.Profile;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.internal.action.ProfileImage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Collects changes to a profile, for {@link Bluesky#editProfile}. All other fields are kept. Not thread-safe.
 *
 * <p>An avatar or banner is prepared like an image in a post: turned upright, stripped of metadata such as the
 * location, and limited to 1,000,000 bytes. A larger or rotated image needs the {@code dev.atlex:atlex-images}
 * artifact.
 */
public final class ProfileEdit {
    private final List<Consumer<Profile.Builder>> changes = new ArrayList<>();
    private @Nullable PreparedImage avatar;
    private @Nullable PreparedImage banner;

    /** Creates an edit without changes. */
    public ProfileEdit() {}

    /** Sets the name, up to 64 graphemes; null removes it. */
    public ProfileEdit displayName(@Nullable String name) {
        return record(p -> p.displayName(name));
    }

    /** Sets the description, up to 256 graphemes; null removes it. */
    public ProfileEdit description(@Nullable String description) {
        return record(p -> p.description(description));
    }

    /** Sets the pronouns, up to 20 graphemes; null removes them. */
    public ProfileEdit pronouns(@Nullable String pronouns) {
        return record(p -> p.pronouns(pronouns));
    }

    /**
     * Sets the avatar from a JPEG or PNG file.
     *
     * @throws dev.atlex.bluesky.image.ImageException if the image can't be used
     * @throws java.io.UncheckedIOException if the file can't be read
     */
    public ProfileEdit avatar(Path image) {
        this.avatar = ProfileImage.prepare(image);
        return this;
    }

    /** Like {@link #avatar(Path)}, but takes the content of a file. */
    public ProfileEdit avatar(byte[] image) {
        this.avatar = ProfileImage.prepare("avatar", image);
        return this;
    }

    /** Removes the avatar. */
    public ProfileEdit removeAvatar() {
        this.avatar = null;
        return record(p -> p.avatar(null));
    }

    /**
     * Sets the banner, the wide image at the top of the profile, from a JPEG or PNG file.
     *
     * @throws dev.atlex.bluesky.image.ImageException if the image can't be used
     * @throws java.io.UncheckedIOException if the file can't be read
     */
    public ProfileEdit banner(Path image) {
        this.banner = ProfileImage.prepare(image);
        return this;
    }

    /** Like {@link #banner(Path)}, but takes the content of a file. */
    public ProfileEdit banner(byte[] image) {
        this.banner = ProfileImage.prepare("banner", image);
        return this;
    }

    /** Removes the banner. */
    public ProfileEdit removeBanner() {
        this.banner = null;
        return record(p -> p.banner(null));
    }

    /** Adds any other change to the record. The function may run several times. */
    public ProfileEdit record(Consumer<Profile.Builder> change) {
        changes.add(Objects.requireNonNull(change, "change"));
        return this;
    }

    /** Returns the changes to the record, in the order in which they were added. The new images aren't among them. */
    public List<Consumer<Profile.Builder>> changes() {
        return List.copyOf(changes);
    }

    /** Returns the new avatar, or null if it isn't set. */
    public @Nullable PreparedImage avatar() {
        return avatar;
    }

    /** Returns the new banner, or null if it isn't set. */
    public @Nullable PreparedImage banner() {
        return banner;
    }
}
