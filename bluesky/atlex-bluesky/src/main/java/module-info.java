import org.jspecify.annotations.NullMarked;

/** The actions of people on Bluesky: posting, replying, showing images, reading, and handling notifications. */
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
