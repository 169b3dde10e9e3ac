package dev.atlex.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.GetPreferences;
import app.bsky.feed.FeedDefs;
import app.bsky.feed.GetTimeline;
import app.bsky.feed.Post;
import com.atproto.sync.SubscribeRepos;
import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import dev.atlex.schema.document.LexiconDocument;
import java.util.List;

/** Tests that any bytes result in a value or a typed exception, and that values survive a round trip. */
class DataFuzzTest {
    private static final List<Codec<?>> TYPES = List.of(
            Post.CODEC,
            FeedDefs.PostView.CODEC,
            GetTimeline.Output.CODEC,
            GetPreferences.Output.CODEC,
            SubscribeRepos.Commit.CODEC);

    @FuzzTest(maxDuration = "2m")
    void json(byte[] input) {
        for (ReadOptions options : List.of(ReadOptions.STRICT, ReadOptions.LENIENT)) {
            LexValue value;
            try {
                value = LexValue.parseJson(input, options);
            } catch (LexDataException e) {
                continue;
            }
            assertThat(LexValue.parseJson(value.toJson().getBytes(java.nio.charset.StandardCharsets.UTF_8), options))
                    .isEqualTo(value);
            if (options.strict()) {
                byte[] cbor = value.toCbor();
                assertThat(LexValue.parseCbor(cbor).toCbor()).isEqualTo(cbor);
            }
        }
    }

    @FuzzTest(maxDuration = "2m")
    void cbor(byte[] input) {
        try {
            LexValue value = LexValue.parseCbor(input, ReadOptions.STRICT);
            assertThat(value.toCbor()).as("the canonical form of the value").isEqualTo(input);
            String json = value.toJson();
            LexValue again;
            try {
                again = LexValue.parseJson(json);
            } catch (LexDataException e) {
                // Maps with keys that are special in JSON, and integers beyond JSON's range, can't be written as JSON.
                assertThat(e.reason()).containsAnyOf("$link", "$bytes", "$type", "blob", "53 bits");
                return;
            }
            assertThat(again.toJson()).isEqualTo(json);
        } catch (LexDataException e) {
            // Expected for invalid input.
        }
        try {
            LexValue value = LexValue.parseCbor(input, ReadOptions.LENIENT);
            assertThat(LexValue.parseJson(value.toJson(), ReadOptions.LENIENT)).isNotNull();
        } catch (LexDataException e) {
            // Expected for invalid input.
        }
    }

    @FuzzTest(maxDuration = "2m")
    void typedJson(byte[] input) {
        for (Codec<?> type : TYPES) {
            typed(type, input, false, ReadOptions.STRICT);
            typed(type, input, false, ReadOptions.LENIENT);
            typed(type, input, false, ReadOptions.LENIENT.withValidate(false));
        }
    }

    @FuzzTest(maxDuration = "2m")
    void typedCbor(byte[] input) {
        for (Codec<?> type : TYPES) {
            typed(type, input, true, ReadOptions.STRICT);
            typed(type, input, true, ReadOptions.LENIENT);
        }
    }

    private static <T> void typed(Codec<T> type, byte[] input, boolean cbor, ReadOptions options) {
        T value;
        try {
            value = cbor
                    ? LexReader.readCbor(input, options, type::read)
                    : LexReader.readJson(input, options, type::read);
        } catch (LexDataException | LexValidationException e) {
            return;
        }
        byte[] json = type.toJson(value);
        if (options.strict() && !cbor) {
            assertThat(type.fromJson(json, options)).isEqualTo(value);
            assertThat(LexReader.readCbor(LexWriter.toCbor(w -> type.write(w, value)), options, type::read))
                    .isEqualTo(value);
        }
    }

    @FuzzTest(maxDuration = "2m")
    void lexiconDocument(byte[] input) {
        try {
            LexiconDocument document = LexiconDocument.parse(input);
            assertThat(document.defs()).isNotNull();
        } catch (LexDataException e) {
            assertThat(e.path()).startsWith("$");
        }
    }
}
