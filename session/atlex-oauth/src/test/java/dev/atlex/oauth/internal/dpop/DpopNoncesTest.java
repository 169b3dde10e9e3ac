package dev.atlex.oauth.internal.dpop;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.transport.HttpHeaders;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DpopNoncesTest {
    private static final URI PDS = URI.create("https://pds.example/xrpc/a");
    private static final URI ENTRYWAY = URI.create("https://entryway.example/oauth/token");

    private final ManualTime time = new ManualTime();
    private final DpopNonces nonces = new DpopNonces(time.source());

    private String observe(URI url, String nonce) {
        return nonces.observe(url, HttpHeaders.of("dpop-nonce", nonce), false);
    }

    @Test
    void current_isTheLatestOfEachOrigin() {
        assertThat(nonces.current(PDS)).isNull();

        observe(PDS, "p1");
        observe(ENTRYWAY, "e1");
        observe(PDS, "p2");

        assertThat(nonces.current(PDS)).isEqualTo("p2");
        assertThat(nonces.current(URI.create("HTTPS://PDS.example:443/other?q")))
                .isEqualTo("p2");
        assertThat(nonces.current(ENTRYWAY)).isEqualTo("e1");
        assertThat(nonces.current(URI.create("http://pds.example/"))).isNull();
        assertThat(nonces.current(URI.create("https://pds.example:8443/"))).isNull();
    }

    @Test
    void observe_responseWithoutNonce_keepsTheNonce() {
        observe(PDS, "p1");

        assertThat(nonces.observe(PDS, HttpHeaders.of(), true)).isNull();
        assertThat(nonces.current(PDS)).isEqualTo("p1");
    }

    /** Responses overtake each other: the older one would cost the next request a retry. */
    @Test
    void observe_nonceThatWasReplaced_isIgnored() {
        observe(PDS, "p1");
        observe(PDS, "p2");

        assertThat(observe(PDS, "p1")).isEqualTo("p1");
        assertThat(nonces.current(PDS)).isEqualTo("p2");
    }

    /** Two machines behind one name may have nonces of their own. */
    @Test
    void observe_challengeWithReplacedNonce_takesIt() {
        observe(PDS, "a");
        observe(PDS, "b");

        assertThat(nonces.observe(PDS, HttpHeaders.of("DPoP-Nonce", "a"), true)).isEqualTo("a");
        assertThat(nonces.current(PDS)).isEqualTo("a");
        assertThat(nonces.observe(PDS, HttpHeaders.of("DPoP-Nonce", "b"), true)).isEqualTo("b");
        assertThat(nonces.current(PDS)).isEqualTo("b");
    }

    @Test
    void current_withMaxAge_countsFromTheLastConfirmation() {
        observe(PDS, "p1");
        time.advance(Duration.ofSeconds(80));
        assertThat(nonces.current(PDS, Duration.ofSeconds(90))).isEqualTo("p1");

        observe(PDS, "p1");
        time.advance(Duration.ofSeconds(90));
        assertThat(nonces.current(PDS, Duration.ofSeconds(90))).isEqualTo("p1");

        time.advance(Duration.ofMillis(1));
        assertThat(nonces.current(PDS, Duration.ofSeconds(90))).isNull();
        assertThat(nonces.current(PDS)).isEqualTo("p1");
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "a\"b", "a\\b", "é"})
    void observe_invalidNonce_isIgnored(String nonce) {
        assertThat(observe(PDS, nonce)).isNull();
        assertThat(nonces.current(PDS)).isNull();
    }

    @Test
    void observe_longNonces_areLimited() {
        assertThat(observe(PDS, "a".repeat(1024))).isNotNull();
        assertThat(observe(PDS, "a".repeat(1025))).isNull();
    }

    @Test
    void observe_manyOrigins_dropsTheLeastRecentlyUsed() {
        observe(PDS, "p1");
        observe(ENTRYWAY, "e1");
        for (int i = 0; i < 4095; i++) {
            observe(URI.create("https://host" + i + ".example/"), "n");
            nonces.current(PDS);
        }

        assertThat(nonces.current(PDS)).isEqualTo("p1");
        assertThat(nonces.current(ENTRYWAY)).isNull();
    }
}
