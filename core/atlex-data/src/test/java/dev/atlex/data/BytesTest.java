package dev.atlex.data;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ReadOnlyBufferException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class BytesTest {
    @Test
    void arraysAreCopiedInAndOut() {
        byte[] source = {1, 2, 3};
        Bytes bytes = Bytes.of(source);
        source[0] = 9;
        bytes.toByteArray()[1] = 9;
        assertThat(bytes.toByteArray()).containsExactly(1, 2, 3);
        assertThat(bytes.size()).isEqualTo(3);
    }

    @Test
    void viewsAreReadOnly() throws IOException {
        Bytes bytes = Bytes.of(new byte[] {1, 2, 3});
        ByteBuffer view = bytes.asByteBuffer();
        assertThatThrownBy(() -> view.put((byte) 9)).isInstanceOf(ReadOnlyBufferException.class);
        assertThat(view.hasArray()).isFalse();
        assertThat(bytes.asInputStream().readAllBytes()).containsExactly(1, 2, 3);
    }

    @ParameterizedTest
    @ValueSource(strings = {"+/8BAg==", "+/8BAg"})
    void base64_paddingIsOptionalWhenReading(String text) {
        Bytes bytes = Bytes.fromBase64(text);
        assertThat(bytes.toByteArray()).containsExactly(0xfb, 0xff, 1, 2);
        assertThat(bytes.toBase64()).isEqualTo("+/8BAg");
    }

    @Test
    void base64_unusedBitsAreIgnored() {
        assertThat(Bytes.fromBase64("+/8BAh")).isEqualTo(Bytes.fromBase64("+/8BAg"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"-_8BAg", "+/8B Ag", "+/8BAg=", "+/8BAg===", "A", "+/8BAgé", "====", "AA==AA=="})
    void invalidBase64IsRejected(String text) {
        assertThatThrownBy(() -> Bytes.fromBase64(text))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining("base64");
    }

    @Test
    void equalityComparesContent() {
        Bytes one = Bytes.of(new byte[] {1, 2});
        assertThat(one).isEqualTo(Bytes.wrap(new byte[] {1, 2})).hasSameHashCodeAs(Bytes.wrap(new byte[] {1, 2}));
        assertThat(one).isNotEqualTo(Bytes.of(new byte[] {1, 3}));
        assertThat(Bytes.of(new byte[0])).isEqualTo(Bytes.fromBase64(""));
    }

    @Test
    void toString_hidesContent() {
        assertThat(Bytes.of(new byte[] {65, 66})).hasToString("Bytes[2]");
    }
}
