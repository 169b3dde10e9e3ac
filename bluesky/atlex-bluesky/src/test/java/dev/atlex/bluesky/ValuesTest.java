package dev.atlex.bluesky;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.bluesky.card.LinkCard;
import dev.atlex.bluesky.image.PreparedImage;
import dev.atlex.bluesky.moderation.ModerationPreferences;
import dev.atlex.data.Cid;
import dev.atlex.syntax.AtUri;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests that values are equal if their contents are. */
class ValuesTest {
    private static final URI LINK = URI.create("https://example.com/");
    private static final AtUri URI_OF_POST =
            AtUri.of("at://did:plc:ewvi7nxzyoun6zhxrhs64oiz/app.bsky.feed.post/3jzfcijpj2z2a");
    private static final Cid CID = Cid.of("bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a");

    /** Suppliers of values that all have different contents. */
    static Stream<List<Supplier<Object>>> values() {
        return Stream.of(
                List.of(
                        () -> NewPost.of("Hello"),
                        () -> NewPost.of("Bye"),
                        () -> NewPost.of(p -> p.text("Hello").langs("en")),
                        () -> NewPost.of(p -> p.text("Hello").quotes(false)),
                        () -> NewPost.of(p -> p.text("Hello").card(LINK)),
                        () -> NewPost.of(p -> p.text("Hello").card(LinkCard.of(LINK, "Title", ""))),
                        () -> NewPost.of(p -> p.text("Hello").reply(URI_OF_POST)),
                        () -> NewPost.of(p -> p.text("Hello").image(new byte[] {1}, "Alt")),
                        () -> NewPost.of(p -> p.text("Hello").replies(r -> r.following())),
                        () -> NewPost.of(p -> p.text("Hello").createdAt(Instant.EPOCH)),
                        () -> NewPost.of(p -> p.text("Hello").key("a"))),
                List.of(
                        () -> new PostedThread(List.of(new Posted(URI_OF_POST, CID, true, List.of(), null))),
                        () -> new PostedThread(List.of(new Posted(URI_OF_POST, CID, false, List.of(), null)))),
                List.of(
                        () -> LinkCard.of(LINK, "Title", ""),
                        () -> LinkCard.of(LINK, "Title", "Text"),
                        () -> LinkCard.of(LINK, "Other", "")),
                List.of(() -> ReplyRules.of(r -> r.mentioned()), () -> ReplyRules.of(r -> r.followers())),
                List.of(
                        () -> PostImage.of(new byte[] {1}, "Alt"),
                        () -> PostImage.of(new byte[] {2}, "Alt"),
                        () -> PostImage.of(new byte[] {1}, ""),
                        () -> PostImage.of(Path.of("a.png"), "Alt")),
                List.of(
                        () -> new PreparedImage(new byte[] {1}, "image/png", 1, 2),
                        () -> new PreparedImage(new byte[] {2}, "image/png", 1, 2),
                        () -> new PreparedImage(new byte[] {1}, "image/jpeg", 1, 2),
                        () -> new PreparedImage(new byte[] {1}, "image/png", 2, 2)),
                List.of(
                        () -> ModerationPreferences.of(p -> {}),
                        () -> ModerationPreferences.of(p -> p.adultContent(true))));
    }

    @ParameterizedTest
    @MethodSource("values")
    void values_areEqualIfTheirContentsAre(List<Supplier<Object>> suppliers) {
        for (Supplier<Object> one : suppliers) {
            assertThat(one.get())
                    .isEqualTo(one.get())
                    .hasSameHashCodeAs(one.get())
                    .isNotEqualTo("");
            for (Supplier<Object> other : suppliers) {
                if (one != other) {
                    assertThat(one.get()).isNotEqualTo(other.get());
                }
            }
        }
    }
}
