package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TransportRequestTest {
    private static final URI HOST = URI.create("https://pds.example/xrpc/a.b.c?token=s3cret");

    @ParameterizedTest
    @ValueSource(
            strings = {"/xrpc", "ftp://host/", "mailto:a@b.c", "http:///x", "https://u:s3cret@host/", "http://a_b/"})
    void unusableUriIsRefusedWithoutShowingIt(String uri) {
        assertThatThrownBy(() -> TransportRequest.get(URI.create(uri)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageNotContaining("s3cret");
    }

    @ParameterizedTest
    @ValueSource(strings = {"Host", "content-length", "Connection", "Expect", "Upgrade", "Transfer-Encoding"})
    void headersOfTheConnectionAreRefusedByName(String name) {
        assertThatThrownBy(() -> TransportRequest.get(HOST).headers(HttpHeaders.of(name, "x")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContainingAll("header", name.toLowerCase(java.util.Locale.ROOT));
    }

    @Test
    void contradictorySettingsAreRefused() {
        assertThatThrownBy(() ->
                        TransportRequest.get(HOST).body(RequestBody.of("x")).build())
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TransportRequest.post(HOST)
                        .headers(HttpHeaders.of("Content-Type", "application/json"))
                        .build())
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("content-type");
        assertThatThrownBy(() -> TransportRequest.get(HOST).timeout(Duration.ZERO))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> TransportRequest.get(HOST).maxResponseBytes(-1))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void toStringShowsNeitherQueryNorTokenNorContent() {
        TransportRequest request = TransportRequest.post(HOST)
                .headers(HttpHeaders.of("Authorization", "Bearer s3cret"))
                .body(RequestBody.of("password=s3cret"))
                .build();

        assertThat(request.toString()).contains("POST pds.example/xrpc/a.b.c").doesNotContain("s3cret");
    }

    @Test
    void toBuilderKeepsAllSettings() {
        TransportRequest request = TransportRequest.post(HOST)
                .headers(HttpHeaders.of("a", "b", "content-type", "text/plain"))
                .body(RequestBody.of("x"))
                .timeout(Duration.ofSeconds(3))
                .maxResponseBytes(7)
                .build();

        assertThat(request.toBuilder().build()).usingRecursiveComparison().isEqualTo(request);
    }
}
