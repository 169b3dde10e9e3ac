package dev.atlex.benchmarks;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.GetTimeline;
import app.bsky.feed.Post;
import dev.atlex.benchmarks.payload.Payload;
import dev.atlex.benchmarks.payload.Timeline;
import dev.atlex.benchmarks.peer.Databind;
import dev.atlex.benchmarks.peer.Kbsky;
import dev.atlex.benchmarks.peer.TokenScan;
import dev.atlex.benchmarks.peer.UntypedTree;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.internal.Graphemes;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;

/** Checks that the benchmarks measure the intended work. */
class PayloadTest {
    @SuppressWarnings("unused") // source of parameters
    static final List<String> NAMES = Payload.NAMES;

    @ParameterizedTest
    @FieldSource("NAMES")
    void payloads_decodeToTheirValueInBothFormats(String name) {
        Payload<?> payload = Payload.of(name);

        for (ReadOptions options :
                List.of(ReadOptions.STRICT, ReadOptions.LENIENT, ReadOptions.STRICT.withValidate(false))) {
            assertThat((Object) payload.fromJson(options)).isEqualTo(payload.value());
            assertThat((Object) payload.fromCbor(options)).isEqualTo(payload.value());
        }
        assertThat(parse(payload.toJson())).isEqualTo(parse(payload.json()));
        assertThat(payload.toCbor()).isEqualTo(payload.cbor());
    }

    @ParameterizedTest
    @FieldSource("NAMES")
    void peers_readTheSameDocument(String name) {
        byte[] json = Payload.of(name).json();

        assertThat(UntypedTree.parse(json)).isEqualTo(Databind.parse(json));
        assertThat(parse(Databind.write(UntypedTree.parse(json)))).isEqualTo(parse(json));
        assertThat(TokenScan.scan(json)).isGreaterThan(15);
    }

    @Test
    void timeline_has50ItemsAndAbout128Kilobytes() {
        GetTimeline.Output page = Timeline.page();

        assertThat(page.feed()).hasSize(50);
        assertThat(Payload.of("timeline").json()).hasSizeBetween(120_000, 136_000);
        assertThat(page).isEqualTo(Timeline.page());
    }

    @Test
    void timeline_hasRealisticMix() {
        GetTimeline.Output page = GetTimeline.Output.CODEC.fromJson(
                new String(Payload.of("timeline").json(), UTF_8));

        assertThat(page.feed()).filteredOn(item -> item.reply() != null).hasSize(10);
        assertThat(page.feed()).filteredOn(item -> item.reason() != null).hasSizeBetween(5, 8);
        assertThat(page.feed())
                .filteredOn(item -> item.post().embed() instanceof PostView.Embed.ImagesView)
                .hasSizeBetween(10, 13);
        assertThat(page.feed())
                .filteredOn(item -> item.post().embed() instanceof PostView.Embed.ExternalView)
                .hasSizeBetween(10, 13);
        assertThat(page.feed())
                .allSatisfy(item -> assertThat(
                                Post.RECORD.from(item.post().record()).facets())
                        .isNotEmpty());
    }

    @Test
    void kbsky_readsTheTimeline() {
        assertThat(Kbsky.parse(Payload.of("timeline").json()).getFeed()).hasSize(50);
    }

    @Test
    void deepPost_keepsUnknownData() {
        Post post = (Post) Payload.of("deep").value();

        assertThat(post.embed()).isInstanceOf(Post.Embed.Unknown.class);
        assertThat(post.unknownFields()).containsOnlyKeys("com.example.poll", "com.example.note", "com.example.weight");
    }

    @Test
    void graphemeTexts_have300Graphemes() {
        assertThat(GraphemeBenchmark.TEXTS.values())
                .allSatisfy(text -> assertThat(Graphemes.count(text)).isEqualTo(300));
    }

    @Test
    void recordBenchmark_returnsResults() {
        RecordBenchmark benchmark = new RecordBenchmark();

        assertThat(benchmark.listOfTypedPosts()).hasSize(50);
        assertThat(benchmark.cidOfPost()).isEqualTo(benchmark.cidOfBytes()).startsWith("bafyrei");
    }

    private static LexValue parse(byte[] json) {
        return LexValue.parseJson(json, ReadOptions.STRICT);
    }
}
