package dev.atlex.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Resolves handles to DIDs. */
@Timeout(60)
class HandleResolutionTest {
    private static final Handle ALICE = Handle.of("alice.com");
    private static final Did ONE = Did.of("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final Did TWO = Did.of("did:web:two.com");
    private static final String WELL_KNOWN = "alice.com/.well-known/atproto-did";

    private final TestDns dns = new TestDns();
    private final TestWeb web = new TestWeb();

    @AfterEach
    void close() {
        dns.close();
        web.close();
    }

    private IdentityResolver.Builder builder() {
        return IdentityResolver.builder()
                .transport(web)
                .dns(dns.client())
                .hosts(PublicHosts.LOOKUP)
                .timeout(Duration.ofSeconds(30));
    }

    private Did resolve() {
        return builder().build().resolveHandle(ALICE);
    }

    private void txt(String... texts) {
        dns.texts.put("_atproto.alice.com", List.of(texts));
    }

    private void dnsFails() {
        dns.udp = question -> List.of(TestDns.message(question, 0x8182));
    }

    @Test
    void dnsRecordContainsTheDid() {
        txt("v=spf1 -all", "did=" + ONE);
        web.put(WELL_KNOWN, TWO.toString());
        assertThat(resolve()).isEqualTo(ONE);
        assertThat(web.asked)
                .as("DNS takes precedence, so no HTTP request is sent")
                .isEmpty();
    }

    @Test
    void upperCaseHandleIsNormalized() {
        txt("did=" + ONE);
        IdentityResolver resolver = builder().build();
        assertThat(resolver.resolveHandle(Handle.of("ALICE.com"))).isEqualTo(ONE);
        assertThat(resolver.resolveHandle(ALICE)).isEqualTo(ONE);
        assertThat(dns.asked).containsExactly("_atproto.alice.com");
    }

    @Test
    void https_missingDnsRecord_isFallback() {
        web.put(WELL_KNOWN, ONE.toString());
        assertThat(resolve()).isEqualTo(ONE);
        assertThat(web.asked).containsExactly("https://" + WELL_KNOWN);
    }

    @Test
    void https_unrelatedTxtRecords_isFallback() {
        txt("v=spf1 -all", "DID=" + TWO, " did=" + TWO);
        web.put(WELL_KNOWN, ONE.toString());
        assertThat(resolve()).isEqualTo(ONE);
    }

    @Test
    void https_dnsFails_isFallback() {
        dnsFails();
        web.put(WELL_KNOWN, ONE.toString());
        assertThat(resolve()).isEqualTo(ONE);
    }

    @Test
    void duplicateTxtRecordsAreAccepted() {
        txt("did=" + ONE, "did=" + ONE);
        assertThat(resolve()).isEqualTo(ONE);
    }

    @Test
    void txtRecordWithInvalidDidIsIgnored() {
        txt("did=nonsense", "did=" + ONE);
        assertThat(resolve()).isEqualTo(ONE);
    }

    @Test
    void txtRecordsWithDifferentDidsAreNotFound() {
        txt("did=" + ONE, "did=" + TWO);
        web.put(WELL_KNOWN, ONE.toString());
        assertThatExceptionOfType(HandleNotFoundException.class)
                .isThrownBy(this::resolve)
                .withMessageContaining("_atproto.alice.com contain 2 different DIDs")
                .matches(e -> e.handle().equals(ALICE));
    }

    @Test
    void failureMessageContainsMalformedRecord() {
        txt("did=\"" + ONE + "\"");
        assertThatExceptionOfType(HandleNotFoundException.class)
                .isThrownBy(this::resolve)
                .withMessageContaining("_atproto.alice.com has an invalid DID after did=");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "%s\n",
                "  %s  ",
                "\r\n%s\r\n",
                "%s\nsomething else",
                "\ufeff%s",
                "\ufeff\r\n%s\r\nmore",
                "\u00a0%s\u00a0",
                "\u200b%s\u0000"
            })
    void https_whiteSpaceAroundDid_isStripped(String body) {
        web.put(WELL_KNOWN, String.format(body, ONE));
        assertThat(resolve()).isEqualTo(ONE);
    }

    @ParameterizedTest
    @ValueSource(strings = {"did=%s ", "did= %s", "did=%s\n", "did=\u00a0%s\u200b", "did=\ufeff%s"})
    void txtRecord_whiteSpaceAroundDid_isStripped(String text) {
        txt("v=spf1 -all", String.format(text, ONE));
        assertThat(resolve()).isEqualTo(ONE);
        assertThat(web.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {" did=%s", "\ufeffdid=%s", "\n did= %s "})
    void indentedTxtRecordIsTheLastResort(String text) {
        txt(String.format(text, ONE));
        assertThat(resolve()).isEqualTo(ONE);

        web.put(WELL_KNOWN, TWO.toString());
        assertThat(resolve()).as("same result as other resolvers").isEqualTo(TWO);

        txt(String.format(text, ONE), "did=" + TWO);
        assertThat(resolve()).isEqualTo(TWO);
    }

    @ParameterizedTest
    @ValueSource(strings = {"<!DOCTYPE html>", "did=did:plc:abc", "did:", "\"did:plc:abc\"", ""})
    void https_otherContent_isNotFound(String body) {
        web.put(WELL_KNOWN, body);
        assertThatExceptionOfType(HandleNotFoundException.class)
                .isThrownBy(this::resolve)
                .withMessage("failed to resolve the handle alice.com: no TXT record for _atproto.alice.com contains a "
                        + "DID; https://" + WELL_KNOWN + " did not return a valid DID")
                .matches(e -> !e.retryable());
    }

    @Test
    void https_bodyOverTwoKilobytes_isNotRead() {
        web.put(WELL_KNOWN, ONE + " ".repeat(2048));
        assertThatExceptionOfType(HandleNotFoundException.class)
                .isThrownBy(this::resolve)
                .withMessageContaining("more than 2048 bytes");
        web.put(WELL_KNOWN, ONE + " ".repeat(2048 - ONE.toString().length()));
        assertThat(resolve()).isEqualTo(ONE);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void https_clientErrorStatus_isNotFound(int status) {
        web.put(WELL_KNOWN, TestWeb.status(status, ONE.toString()));
        assertThatExceptionOfType(HandleNotFoundException.class)
                .isThrownBy(this::resolve)
                .withMessageContaining("returned status " + status);
    }

    @ParameterizedTest
    @ValueSource(ints = {429, 500, 503})
    void https_serverErrorStatus_isLookupFailure(int status) {
        web.put(WELL_KNOWN, TestWeb.status(status, ONE.toString()));
        assertThatExceptionOfType(IdentityLookupException.class)
                .isThrownBy(this::resolve)
                .withMessageContaining("returned status " + status)
                .matches(IdentityException::retryable);
    }

    @Test
    void https_unknownHost_isNotFound() {
        assertThatExceptionOfType(HandleNotFoundException.class)
                .isThrownBy(this::resolve)
                .withMessageContaining("unknown host alice.com");
    }

    @Test
    void dnsFailure_withoutHttpsResult_isLookupFailure() {
        dnsFails();
        assertThatExceptionOfType(IdentityLookupException.class)
                .isThrownBy(this::resolve)
                .withMessageContaining("SERVFAIL")
                .withMessageContaining("unknown host alice.com")
                .withCauseInstanceOf(DnsException.class);
    }

    @Test
    void bothFailuresAreReported() {
        dnsFails();
        web.put(WELL_KNOWN, TestWeb.status(500, ""));
        assertThatExceptionOfType(IdentityLookupException.class)
                .isThrownBy(this::resolve)
                .withMessageContaining("SERVFAIL")
                .withMessageContaining("returned status 500")
                .satisfies(e -> assertThat(e.getSuppressed()).hasSize(1));
    }

    @Test
    void https_hangingServer_timesOut() {
        CountDownLatch done = new CountDownLatch(1);
        web.put(WELL_KNOWN, exchange -> {
            try {
                done.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        IdentityResolver resolver = builder().timeout(Duration.ofMillis(200)).build();
        assertThatExceptionOfType(IdentityLookupException.class)
                .isThrownBy(() -> resolver.resolveHandle(ALICE))
                .withMessageContaining("time limit");
        done.countDown();
    }

    @Test
    void https_redirectsAreFollowed() {
        web.put(WELL_KNOWN, TestWeb.redirect("/elsewhere"));
        web.put("alice.com/elsewhere", TestWeb.redirect("https://www.alice.com/did"));
        web.put("www.alice.com/did", ONE.toString());
        assertThat(resolve()).isEqualTo(ONE);
    }

    @Test
    void https_redirectsAreLimited() {
        web.put(WELL_KNOWN, TestWeb.redirect("https://" + WELL_KNOWN));
        assertThatExceptionOfType(HandleNotFoundException.class)
                .isThrownBy(this::resolve)
                .withMessageContaining("redirects more than 5 times");
        assertThat(web.asked).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(strings = {"ftp://alice.com/", "https://user:secret@alice.com/", "::", "https://a b/"})
    void https_invalidRedirect_isNotFound(String location) {
        web.put(WELL_KNOWN, TestWeb.redirect(location));
        assertThatExceptionOfType(HandleNotFoundException.class)
                .isThrownBy(this::resolve)
                .withMessageContaining("returned status 302")
                .withMessageNotContaining("secret");
        assertThat(web.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://alice.com/did",
                "https://127.0.0.1/did",
                "https://localhost/did",
                "https://private.com/did",
                "https://[::1]/did",
                "https://printer.local/did"
            })
    void https_redirectToForbiddenHost_isNotFollowed(String location) {
        web.put(WELL_KNOWN, TestWeb.redirect(location));
        assertThatExceptionOfType(ForbiddenHostException.class).isThrownBy(this::resolve);
        assertThat(web.asked).hasSize(1);
    }

    @Test
    void privateAddressIsForbiddenUnlessDnsHasTheDid() {
        Handle handle = Handle.of("private.com");
        assertThatExceptionOfType(ForbiddenHostException.class)
                .isThrownBy(() -> builder().build().resolveHandle(handle))
                .withMessage("private.com: its address 10.0.0.1 is not public")
                .matches(e -> e.host().equals("private.com"));
        dns.texts.put("_atproto.private.com", List.of("did=" + ONE));
        assertThat(builder().build().resolveHandle(handle)).isEqualTo(ONE);
        assertThat(web.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "a.alt",
                "a.arpa",
                "a.example",
                "a.internal",
                "a.invalid",
                "a.local",
                "a.localhost",
                "a.onion",
                "a.LOCAL",
                "handle.invalid",
                "a.test"
            })
    void reservedDomainsAreNotLookedUp(String handle) {
        assertThatExceptionOfType(ForbiddenHostException.class)
                .isThrownBy(() -> builder().build().resolveHandle(Handle.of(handle)))
                .withMessageContaining(handle.toLowerCase(Locale.ROOT));
        assertThat(dns.asked).isEmpty();
        assertThat(web.asked).isEmpty();
    }

    @Test
    void allowedTestDomainIsLookedUp() {
        dns.texts.put("_atproto.alice.test", List.of("did=" + ONE));
        IdentityResolver resolver = builder().allowPrivateAddresses(true).build();
        assertThat(resolver.resolveHandle(Handle.of("alice.test"))).isEqualTo(ONE);
        assertThatExceptionOfType(ForbiddenHostException.class)
                .isThrownBy(() -> resolver.resolveHandle(Handle.of("alice.local")));
    }

    @Test
    void https_handleTooLongForDns_isLookedUp() {
        String host = ("a".repeat(59) + ".").repeat(4) + "community";
        assertThat(host).hasSize(249);
        web.put(host + "/.well-known/atproto-did", ONE.toString());
        assertThat(builder().build().resolveHandle(Handle.of(host))).isEqualTo(ONE);
        assertThat(dns.asked).isEmpty();
    }
}
