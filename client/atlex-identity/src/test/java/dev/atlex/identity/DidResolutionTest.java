package dev.atlex.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atlex.syntax.Did;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resolves DIDs to their documents. */
@Timeout(60)
class DidResolutionTest {
    private static final Did PLC = Did.of("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final Did WEB = Did.of("did:web:alice.com");
    private static final String PLC_URL = "plc.directory/" + PLC;
    private static final String WEB_URL = "alice.com/.well-known/did.json";

    private final TestWeb web = new TestWeb();

    @AfterEach
    void close() {
        web.close();
    }

    private IdentityResolver.Builder builder() {
        return IdentityResolver.builder()
                .transport(web)
                .dns(name -> {
                    throw new AssertionError("no TXT records are needed");
                })
                .hosts(PublicHosts.LOOKUP)
                .timeout(Duration.ofSeconds(30));
    }

    private DidDocument document(Did did) {
        return builder().build().document(did);
    }

    private static String json(Did did) {
        return "{\"id\":\"" + did + "\"}";
    }

    @Test
    void didPlcIsFetchedFromTheDirectory() {
        web.put(PLC_URL, exchange -> {
            assertThat(exchange.getRequestHeaders().getFirst("accept")).contains("application/did+ld+json");
            TestWeb.status(200, json(PLC)).to(exchange);
        });
        assertThat(document(PLC).id()).isEqualTo(PLC);
        assertThat(web.asked).containsExactly("https://" + PLC_URL);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/dir", "/dir/"})
    void directoryUrlIsConfigurable(String path) {
        web.put("dir/" + PLC, json(PLC));
        IdentityResolver resolver =
                builder().plcUrl(URI.create(web.url() + path)).build();
        assertThat(resolver.document(PLC).id()).isEqualTo(PLC);
    }

    @Test
    void didWebIsFetchedFromItsHost() {
        web.put(WEB_URL, json(WEB));
        assertThat(document(WEB).id()).isEqualTo(WEB);
        assertThat(web.asked).containsExactly("https://" + WEB_URL);
    }

    @ParameterizedTest
    @ValueSource(ints = {404, 410})
    void missingOrGoneDocumentIsNotFound(int status) {
        web.put(PLC_URL, TestWeb.status(status, "{\"message\":\"no\"}"));
        assertThatExceptionOfType(DidNotFoundException.class)
                .isThrownBy(() -> document(PLC))
                .withMessage("failed to resolve " + PLC + ": not found (https://" + PLC_URL + " returned status "
                        + status + ")")
                .matches(e -> e.did().equals(PLC))
                .matches(e -> !e.retryable());
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 429, 500, 503})
    void otherErrorStatusIsLookupFailure(int status) {
        web.put(PLC_URL, TestWeb.status(status, json(PLC)));
        assertThatExceptionOfType(IdentityLookupException.class)
                .isThrownBy(() -> document(PLC))
                .withMessageContaining("returned status " + status)
                .matches(IdentityException::retryable);
    }

    @Test
    void redirectsAreNotFollowed() {
        web.put(WEB_URL, TestWeb.redirect("https://bob.com/did.json"));
        web.put("bob.com/did.json", json(WEB));
        assertThatExceptionOfType(IdentityLookupException.class)
                .isThrownBy(() -> document(WEB))
                .withMessageContaining("returned status 302");
        assertThat(web.asked).hasSize(1);
    }

    @Test
    void invalidDocumentIsRejected() {
        web.put(WEB_URL, "<!DOCTYPE html>");
        assertThatExceptionOfType(InvalidDidDocumentException.class)
                .isThrownBy(() -> document(WEB))
                .withMessageStartingWith("failed to resolve " + WEB + ": invalid DID document")
                .withMessageEndingWith(" at https://" + WEB_URL);
    }

    @Test
    void documentOfAnotherDidIsRejected() {
        web.put(WEB_URL, json(PLC));
        assertThatExceptionOfType(InvalidDidDocumentException.class)
                .isThrownBy(() -> document(WEB))
                .withMessage("failed to resolve " + WEB + ": https://" + WEB_URL
                        + " returned the document of another DID (got \"" + PLC + "\")");
    }

    @Test
    void documentSizeIsLimited() {
        web.put(WEB_URL, "{\"id\":\"" + WEB + "\",\"x\":\"" + "x".repeat(64 << 10) + "\"}");
        assertThatExceptionOfType(InvalidDidDocumentException.class)
                .isThrownBy(() -> document(WEB))
                .withMessageContaining("more than 65536 bytes");
    }

    @Test
    void unreachableServerIsLookupFailure() throws Exception {
        int port;
        try (ServerSocket closed = new ServerSocket(0)) {
            port = closed.getLocalPort();
        }
        IdentityResolver resolver =
                builder().plcUrl(URI.create("http://127.0.0.1:" + port)).build();
        assertThatExceptionOfType(IdentityLookupException.class)
                .isThrownBy(() -> resolver.document(PLC))
                .withMessageStartingWith("failed to resolve ")
                .withMessageContaining("127.0.0.1:" + port);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:key:zQ3sh",
                "did:plc:abc",
                "did:plc:AAAAAAAAAAAAAAAAAAAAAAAA",
                "did:plc:aaaaaaaaaaaaaaaaaaaaaaa1",
                "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa:x",
                "did:web:alice.com:user",
                "did:web:alice.com%3A8443",
                "did:web:alice.com%2Fx",
                "did:web:alice",
                "did:web:127.0.0.1",
                "did:web:localhost:path",
                "did:web:localhost%3A0",
                "did:web:2130706433",
                "did:web:alice_.com"
            })
    void unsupportedDidsHaveTheirOwnException(String did) {
        IdentityResolver resolver = builder().allowPrivateAddresses(true).build();
        assertThatExceptionOfType(UnsupportedDidException.class)
                .isThrownBy(() -> resolver.document(Did.of(did)))
                .withMessageContaining(did)
                .matches(e -> e.did().toString().equals(did));
        assertThat(web.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "did:web:localhost",
                "did:web:localhost%3A2583",
                "did:web:alice.test",
                "did:web:alice.internal",
                "did:web:private.com",
                "did:web:mixed.com"
            })
    void forbiddenHostsGetNoRequest(String did) {
        assertThatExceptionOfType(ForbiddenHostException.class).isThrownBy(() -> document(Did.of(did)));
        assertThat(web.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"%3A", "%3a"})
    void localhostWithPortCanBeAllowed(String colon) {
        Did did = Did.of("did:web:localhost" + colon + web.url().getPort());
        web.put(".well-known/did.json", json(did));
        IdentityResolver resolver = builder().allowPrivateAddresses(true).build();
        assertThat(resolver.document(did).id()).isEqualTo(did);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"ftp://x.com", "plc.directory", "https://user:secret@x.com", "https://x.com?q", "https://x.com#f"
            })
    void invalidDirectoryUrlIsRejected(String url) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> IdentityResolver.builder().plcUrl(URI.create(url)))
                .withMessageContaining("plcUrl")
                .withMessageNotContaining("secret");
    }
}
