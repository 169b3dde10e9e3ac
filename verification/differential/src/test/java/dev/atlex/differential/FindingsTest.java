package dev.atlex.differential;

import static java.nio.charset.StandardCharsets.UTF_16;
import static java.nio.charset.StandardCharsets.UTF_16BE;
import static java.nio.charset.StandardCharsets.UTF_16LE;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import app.bsky.actor.GetPreferences;
import app.bsky.feed.Post;
import com.atproto.repo.DeleteRecord;
import com.atproto.repo.UploadBlob;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValidationException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import java.nio.charset.Charset;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Regression tests for bugs that the differential test and the fuzzer found. */
class FindingsTest {
    private static final String LINK = "{\"$link\":\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\"}";

    private static <T> T lenient(Codec<T> codec, String json) {
        return codec.fromJson(json.getBytes(UTF_8), ReadOptions.LENIENT);
    }

    @Test
    void type_withMainSuffixIsDifferent() {
        String post = "{\"$type\":\"app.bsky.feed.post%s\",\"text\":\"\",\"createdAt\":\"2026-01-01T00:00:00Z\"}";

        assertThat(Post.CODEC.fromJson(post.formatted(""))).isNotNull();
        assertThatThrownBy(() -> Post.CODEC.fromJson(post.formatted("#main")))
                .isInstanceOfSatisfying(
                        LexValidationException.class, e -> assertThat(e.path()).isEqualTo("$.$type"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"\"\"", "{}", "\"blob\""})
    void methodBody_invalidTypeIsRejected(String type) {
        String body = "{\"preferences\":[],\"$type\":" + type + "}";

        assertThatThrownBy(() -> GetPreferences.Output.CODEC.fromJson(body))
                .isInstanceOfAny(LexDataException.class, LexValidationException.class)
                .hasMessageContaining("$.$type");
        assertThat(lenient(GetPreferences.Output.CODEC, body).toLexMap()).containsKey("$type");
    }

    @ParameterizedTest
    @ValueSource(strings = {LINK, "{\"$bytes\":\"YQ\"}"})
    void link_isNotAnObjectEvenIfLenient(String json) {
        assertThatThrownBy(() -> lenient(DeleteRecord.Output.CODEC, json))
                .isInstanceOfSatisfying(LexValidationException.class, e -> {
                    assertThat(e.path()).isEqualTo("$");
                    assertThat(e.expected()).isEqualTo("an object");
                });
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"$link\":\"no CID\"}",
                "{\"$bytes\":\"!\"}",
                "{\"$bytes\":\"YQ\",\"b\":1}",
                "{\"b\":1,\"$bytes\":\"YQ\"}",
                "{\"$bytes\":\"YQ\",\"commit\":{\"cid\":\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\",\"rev\":\"3jzfcijpj2z2a\"}}"
            })
    void malformedLink_isAnObjectIfLenient(String json) {
        assertThat(lenient(DeleteRecord.Output.CODEC, json).toLexMap())
                .isEqualTo(LexValue.parseJson(json.getBytes(UTF_8), ReadOptions.LENIENT));
    }

    @Test
    void legacyBlob_needsMediaType() {
        String output = "{\"blob\":{\"cid\":\"" + StringGenerator.RAW_CID + "\",\"mimeType\":\"%s\"}}";

        assertThat(lenient(UploadBlob.Output.CODEC, output.formatted("image/png")))
                .isNotNull();
        assertThatThrownBy(() -> lenient(UploadBlob.Output.CODEC, output.formatted("")))
                .isInstanceOfSatisfying(
                        LexValidationException.class, e -> assertThat(e.path()).isEqualTo("$.blob"));
    }

    @Test
    void languageTag_mayRepeatIfLenient() {
        String post =
                "{\"$type\":\"app.bsky.feed.post\",\"text\":\"\",\"createdAt\":\"2026-01-01T00:00:00Z\",\"langs\":[\"de-1901-1901\"]}";

        assertThat(lenient(Post.CODEC, post)).isNotNull();
        assertThatThrownBy(() -> Post.CODEC.fromJson(post)).isInstanceOf(LexValidationException.class);
    }

    @Test
    void json_mustBeUtf8() {
        for (Charset charset : new Charset[] {UTF_16, UTF_16BE, UTF_16LE, Charset.forName("UTF-32")}) {
            assertThatThrownBy(() -> LexValue.parseJson("{}".getBytes(charset), ReadOptions.LENIENT))
                    .as("%s", charset)
                    .isInstanceOf(LexDataException.class);
        }
        // Jackson fails to detect this encoding.
        assertThatThrownBy(() -> LexValue.parseJson(new byte[] {0, 'X', 0, 0, 0, 0}, ReadOptions.STRICT))
                .isInstanceOf(LexDataException.class);
    }
}
