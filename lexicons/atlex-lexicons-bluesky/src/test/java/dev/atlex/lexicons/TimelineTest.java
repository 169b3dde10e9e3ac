package dev.atlex.lexicons;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.feed.FeedDefs;
import app.bsky.feed.GetTimeline;
import app.bsky.feed.Post;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Tests a timeline page with made-up accounts and posts, in the format of the reference AppView. */
class TimelineTest {
    private byte[] json;
    private LexMap tree;

    @BeforeEach
    void read() throws IOException {
        try (InputStream in = TimelineTest.class.getResourceAsStream("/timeline.json")) {
            json = in.readAllBytes();
        }
        tree = (LexMap) LexValue.parseJson(json, ReadOptions.STRICT);
    }

    @Test
    void pageRoundTripsWithStrictValidation() {
        GetTimeline.Output page = GetTimeline.Output.CODEC.fromJson(json, ReadOptions.STRICT);

        assertThat(page.feed()).hasSize(50);
        assertThat(LexValue.parseJson(GetTimeline.Output.CODEC.toJson(page), ReadOptions.STRICT))
                .isEqualTo(tree);
        assertThat(GetTimeline.Output.CODEC.fromValue(tree)).isEqualTo(page);
        assertThat(page.toBuilder().build().toLexMap()).isEqualTo(tree);
        assertThat(page.toLexMap()).isEqualTo(tree);
    }

    @Test
    void recordsCanBeConvertedToTheirType() {
        GetTimeline.Output page = GetTimeline.Output.CODEC.fromJson(json, ReadOptions.STRICT);

        for (FeedDefs.FeedViewPost entry : page.feed()) {
            LexMap record = entry.post().record();
            Post post = Post.RECORD.from(record);
            assertThat(post.toLexMap()).isEqualTo(record);
            assertThat(Post.RECORD.tryFrom(record)).isEqualTo(post);
        }
    }

    @Test
    void typeDeterminesTheEmbed() {
        GetTimeline.Output page = GetTimeline.Output.CODEC.fromJson(json, ReadOptions.STRICT);

        assertThat(page.feed().stream().map(entry -> entry.post().embed()))
                .anySatisfy(embed -> assertThat(embed)
                        .isInstanceOfSatisfying(
                                FeedDefs.PostView.Embed.ImagesView.class,
                                images -> assertThat(images.value().images()).isNotEmpty()));
    }

    @Test
    void wrongKindInNestedObject_failsWithItsPath() {
        LexArray feed = tree.getArray("feed");
        LexMap entry = (LexMap) feed.get(3);
        LexMap post = entry.getMap("post");
        LexMap author = post.getMap("author");
        List<LexValue> items = new ArrayList<>(feed);
        items.set(
                3,
                entry.toBuilder()
                        .put(
                                "post",
                                post.toBuilder()
                                        .put(
                                                "author",
                                                author.toBuilder()
                                                        .put("did", new LexInteger(5))
                                                        .build())
                                        .build())
                        .build());
        LexMap wrong = tree.toBuilder().put("feed", LexArray.copyOf(items)).build();

        for (boolean fromTree : new boolean[] {true, false}) {
            assertThatThrownBy(() -> {
                        if (fromTree) {
                            GetTimeline.Output.CODEC.fromValue(wrong);
                        } else {
                            GetTimeline.Output.CODEC.fromJson(wrong.toJson());
                        }
                    })
                    .isInstanceOfSatisfying(LexValidationException.class, e -> {
                        assertThat(e.path()).isEqualTo("$.feed[3].post.author.did");
                        assertThat(e.rule()).isEqualTo("type");
                        assertThat(e.expected()).isEqualTo("a string");
                        assertThat(e.found()).isEqualTo("5");
                    });
        }
    }
}
