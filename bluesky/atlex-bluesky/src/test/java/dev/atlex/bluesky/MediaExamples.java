package dev.atlex.bluesky;

import app.bsky.embed.External;
import app.bsky.embed.Video;
import chat.bsky.convo.ConvoDefs.ConvoView;
import dev.atlex.bluesky.card.LinkCard;
import dev.atlex.bluesky.card.LinkCards;
import dev.atlex.bluesky.chat.Chat;
import dev.atlex.bluesky.chat.ChatLog;
import dev.atlex.bluesky.video.VideoOptions;
import dev.atlex.bluesky.video.VideoState;
import dev.atlex.bluesky.video.Videos;
import dev.atlex.data.BlobRef;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The examples in {@code docs/video.md}, {@code docs/link-cards.md} and {@code docs/chat.md}. */
final class MediaExamples {
    private MediaExamples() {}

    static void postVideo(PasswordSession session) {
        Bluesky bsky = Bluesky.of(session);
        bsky.post(p -> p.text("Watch").video(Path.of("clip.mp4"), v -> v.alt("A cat jumps")));
    }

    static void embedVideo(Bluesky bsky) {
        Videos videos = bsky.videos();
        Video embed = videos.embed(
                Path.of("clip.mp4"),
                v -> v.alt("A cat jumps")
                        .caption("en", Path.of("clip.en.vtt"))
                        .timeout(Duration.ofMinutes(5))
                        .onUpload((sent, total) -> System.out.println(sent * 100 / total + " % sent"))
                        .onState(state -> System.out.println(state)));
        System.out.println(embed);
    }

    static void resumeVideo(Videos videos) {
        String job = videos.start(Path.of("clip.mp4")); // returns after the upload; save the ID
        BlobRef blob = videos.resume(job); // in this process or the next
        Video embed = videos.embed(blob, v -> v.aspectRatio(16, 9));
        System.out.println(embed);
    }

    static void videoState(Videos videos, String job) {
        VideoState state = videos.state(job);
        if (state instanceof VideoState.Processing processing) {
            System.out.println(processing.percent() + " %");
        }
    }

    static void ofService(PasswordSession session) {
        Videos videos = Videos.of(session, VideoOptions.of(o -> o.service("https://video.example.com")));
        System.out.println(videos);
    }

    static void embedOfAFile(PasswordSession session) {
        Video video = Videos.of(session).embed(Path.of("clip.mp4"), v -> v.alt("A cat jumps"));
        System.out.println(video);
    }

    static void postCard(Bluesky bsky) {
        bsky.post(p -> p.text("Read this").card(URI.create("https://example.com/article")));
    }

    static void makeCard(Bluesky bsky) {
        LinkCards cards = LinkCards.create();
        LinkCard card = cards.fetch(URI.create("https://example.com/article"));
        System.out.println(card.title() + ": " + card.description());
        External embed = card.upload(bsky.client()); // uploads the image
        System.out.println(embed);
    }

    static void createCard() {
        LinkCard card = LinkCards.create().fetch(URI.create("https://example.com/article"));
        System.out.println(card);
    }

    static void message(Bluesky bsky) {
        Chat chat = bsky.chat();
        ConvoView convo = chat.conversationWith(Handle.of("alice.example.com"));
        chat.send(convo.id(), "Hello! See https://example.com");
    }

    static void hello(PasswordSession session) {
        Chat chat = Chat.of(session);
        ConvoView convo = chat.conversationWith(Handle.of("alice.example.com"));
        chat.send(convo.id(), "Hello!");
    }

    static void readUnread(Chat chat) {
        chat.conversations(p -> p.readState("unread")).forEach(convo -> {
            chat.messages(convo.id()).limit(20).forEach(System.out::println); // newest first
            chat.markRead(convo.id());
        });
    }

    static @Nullable String replyToAll(Chat chat, @Nullable String savedCursor) {
        ChatLog log = chat.log(savedCursor);
        for (ChatLog.Received received : log.received()) { // messages from other accounts
            chat.send(received.convoId(), "You wrote: " + received.message().text());
        }
        savedCursor = log.cursor();
        return savedCursor;
    }
}
