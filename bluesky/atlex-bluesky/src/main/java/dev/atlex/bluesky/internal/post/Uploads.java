package dev.atlex.bluesky.internal.post;

import app.bsky.embed.EmbedDefs.AspectRatio;
import app.bsky.embed.Gallery;
import app.bsky.embed.Images;
import app.bsky.embed.Video;
import dev.atlex.bluesky.BlueskyOptions;
import dev.atlex.bluesky.InvalidPostException;
import dev.atlex.bluesky.NewPost;
import dev.atlex.bluesky.PostImage;
import dev.atlex.bluesky.PostVideo;
import dev.atlex.bluesky.card.LinkCard;
import dev.atlex.bluesky.card.LinkCardException;
import dev.atlex.bluesky.card.LinkCards;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.internal.Parallel;
import dev.atlex.bluesky.internal.RepeatableCalls;
import dev.atlex.bluesky.internal.image.ImagePreparer;
import dev.atlex.bluesky.internal.post.PostRecords.Media;
import dev.atlex.bluesky.video.Videos;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcException;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.BlobRef;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Prepares and uploads the media of posts. All images are prepared before the first upload, one after another. So an
 * invalid image fails before anything is uploaded, and few images are in memory uncompressed.
 */
final class Uploads {
    private final Client client;
    private final LinkCards cards;
    private final Videos videos;
    private final Parallel uploads;

    Uploads(Client client, BlueskyOptions options, Parallel uploads) {
        this.client = client;
        this.cards = options.cards().withDefaultTransport(client.agent().transport());
        this.videos = Videos.of(client.agent(), options.video());
        this.uploads = uploads;
    }

    /**
     * Prepares the media of a post, and schedules the uploads.
     *
     * @return a supplier of the uploaded media, for use once the uploads have run; it supplies null if the post has
     *     none
     */
    Supplier<@Nullable Media> add(NewPost post) {
        if (!post.images().isEmpty()) {
            return images(post);
        }
        PostVideo video = post.video();
        if (video != null) {
            return video(video);
        }
        LinkCard card = post.card();
        URI link = post.link();
        if (card != null) {
            return uploads.add(() -> upload(card, card.thumbFailure()));
        }
        return link == null ? () -> null : uploads.add(() -> card(link));
    }

    private Supplier<@Nullable Media> video(PostVideo video) {
        Path path = video.path();
        Video uploaded = video.uploaded();
        return path == null || uploaded != null
                ? () -> uploaded == null ? null : Media.of(uploaded)
                : uploads.add(() -> Media.of(videos.embed(path, video.options())));
    }

    /**
     * Creates the card for a link. If the page can't be read, the card shows only the host, and the post is still
     * created.
     */
    private Media card(URI link) {
        try {
            LinkCard card = cards.fetch(link);
            return upload(card, card.thumbFailure());
        } catch (LinkCardException e) {
            String host = link.getHost();
            return upload(LinkCard.of(link, host == null ? link.toString() : host, ""), e);
        }
    }

    /** Uploads the card's image, and leaves it out if the server rejects it. */
    private Media upload(LinkCard card, @Nullable LinkCardException failure) {
        return Media.of(card.upload(client.with(o -> o.retries(RepeatableCalls.retries(client)))), failure);
    }

    private Supplier<@Nullable Media> images(NewPost post) {
        List<Supplier<Uploaded>> images = new ArrayList<>();
        for (PostImage image : post.images()) {
            images.add(image(image));
        }
        return () -> {
            List<Uploaded> all = images.stream().map(Supplier::get).toList();
            return post.gallery() ? gallery(all) : images(all);
        };
    }

    private record Uploaded(BlobRef blob, String alt, AspectRatio ratio) {}

    private Supplier<Uploaded> image(PostImage image) {
        BlobRef blob = image.blob();
        if (blob != null) {
            Uploaded uploaded = new Uploaded(blob, image.alt(), ratio(image.width(), image.height()));
            return () -> uploaded;
        }
        PreparedImage prepared = prepare(image);
        AspectRatio ratio = ratio(prepared.width(), prepared.height());
        Supplier<BlobRef> upload = uploads.add(() -> upload(prepared));
        return () -> new Uploaded(upload.get(), image.alt(), ratio);
    }

    private static PreparedImage prepare(PostImage image) {
        byte[] bytes = image.bytes();
        if (bytes != null) {
            return ImagePreparer.prepare(bytes, ImagePreparer.POST_LIMIT);
        }
        Path path = Objects.requireNonNull(image.path(), "path");
        try {
            return ImagePreparer.prepare(path, ImagePreparer.POST_LIMIT);
        } catch (IOException e) {
            throw new InvalidPostException("post: failed to read the image " + path + ": " + e, e);
        }
    }

    /** @throws XrpcException if the upload fails; an upload that is too large isn't retried */
    private BlobRef upload(PreparedImage image) {
        return client.uploadBlob(
                RequestBody.of(image.bytes()),
                CallOptions.of(o -> o.encoding(image.mediaType()).retries(RepeatableCalls.retries(client))));
    }

    private static AspectRatio ratio(int width, int height) {
        return AspectRatio.builder().width(width).height(height).build();
    }

    private static Media images(List<Uploaded> images) {
        return Media.of(Images.builder()
                .images(images.stream()
                        .map(image -> Images.Image.builder()
                                .image(image.blob())
                                .alt(image.alt())
                                .aspectRatio(image.ratio())
                                .build())
                        .toList())
                .build());
    }

    private static Media gallery(List<Uploaded> images) {
        return Media.of(Gallery.builder()
                .items(images.stream()
                        .map(image -> Gallery.ItemsItem.of(Gallery.Image.builder()
                                .image(image.blob())
                                .alt(image.alt())
                                .aspectRatio(image.ratio())
                                .build()))
                        .toList())
                .build());
    }
}
