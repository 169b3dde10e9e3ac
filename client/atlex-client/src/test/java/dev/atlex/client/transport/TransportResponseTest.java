package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TransportResponseTest {
    /** The announced length only sizes a buffer. Whether right, short, long, absurd or malformed, the bytes are the same. */
    @ParameterizedTest
    @CsvSource({
        "0,0",
        "0,5",
        "5,0",
        "100000,100000",
        "100000,99999",
        "100000,100001",
        "100000,1",
        "100000,99999999999999",
        "40000,-1",
        "40000,''",
        "3000000,3000000",
        "40000,184467440737095516160"
    })
    void allBytesAreReadForAnyAnnouncedLength(int size, String announced) {
        byte[] bytes = new byte[size];
        new Random(1).nextBytes(bytes);

        TransportResponse response =
                TransportResponse.of(200, HttpHeaders.of("Content-Length", announced), new ByteArrayInputStream(bytes));

        assertThat(response.readAll()).isEqualTo(bytes);
    }

    @Test
    void readAllClosesTheStreamAndReportsItsFailure() {
        AtomicBoolean closed = new AtomicBoolean();
        InputStream broken = new InputStream() {
            @Override
            public int read() throws IOException {
                throw new IOException("cable cut");
            }

            @Override
            public void close() {
                closed.set(true);
            }
        };

        assertThatThrownBy(() ->
                        TransportResponse.of(200, HttpHeaders.of(), broken).readAll())
                .isInstanceOf(TransportException.class)
                .hasMessageContaining("cable cut");
        assertThat(closed).isTrue();
    }

    @Test
    void responseOfBytesCanBeReadTwice() throws Exception {
        byte[] bytes = {1, 2, 3};
        TransportResponse response = TransportResponse.of(200, HttpHeaders.of(), bytes);

        assertThat(response.readAll()).isSameAs(bytes);
        assertThat(response.body().readAllBytes()).isEqualTo(bytes);
    }
}
