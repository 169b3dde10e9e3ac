package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RequestBodyTest {
    @Test
    void replayableBodyProvidesTheSameBytesEachTime(@TempDir Path folder) throws Exception {
        byte[] bytes = "grüße".getBytes(StandardCharsets.UTF_8);
        Path file = Files.write(folder.resolve("body"), bytes);

        for (RequestBody body : new RequestBody[] {
            RequestBody.of(bytes),
            RequestBody.of("grüße"),
            RequestBody.ofFile(file),
            RequestBody.ofSupplier(() -> new ByteArrayInputStream(bytes), bytes.length)
        }) {
            assertThat(body.isReplayable()).isTrue();
            assertThat(body.contentLength()).isEqualTo(OptionalLong.of(7));
            assertThat(body.open().readAllBytes()).isEqualTo(bytes);
            assertThat(body.open().readAllBytes()).isEqualTo(bytes);
        }
        RequestBody unknown = RequestBody.ofSupplier(() -> new ByteArrayInputStream(bytes));
        assertThat(unknown.contentLength()).isEmpty();
        assertThat(unknown.isReplayable()).isTrue();
    }

    @Test
    void streamCanBeOpenedOnlyOnce() throws Exception {
        RequestBody body = RequestBody.ofStream(new ByteArrayInputStream(new byte[3]));

        assertThat(body.isReplayable()).isFalse();
        assertThat(body.contentLength()).isEmpty();
        assertThat(body.open().readAllBytes()).hasSize(3);
        assertThatThrownBy(body::open).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void negativeLengthIsRefused() {
        assertThatThrownBy(() -> RequestBody.ofSupplier(() -> new ByteArrayInputStream(new byte[0]), -1))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
