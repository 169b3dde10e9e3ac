import org.jspecify.annotations.NullMarked;

/** What people do on Bluesky: post, reply, show images, read, and handle notifications. */
@NullMarked
module dev.atlex.bluesky {
    requires transitive org.jspecify;
    requires transitive dev.atlex.lexicons.bluesky;
    requires transitive dev.atlex.session;

    uses dev.atlex.bluesky.image.ImageFitter;

    exports dev.atlex.bluesky.card;
    exports dev.atlex.bluesky.chat;
    exports dev.atlex.bluesky.image;
    exports dev.atlex.bluesky.moderation;
    exports dev.atlex.bluesky.notification;
    exports dev.atlex.bluesky.richtext;
    exports dev.atlex.bluesky.video;
    exports dev.atlex.bluesky;
}
