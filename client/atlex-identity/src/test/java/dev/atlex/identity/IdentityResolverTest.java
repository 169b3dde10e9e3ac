package dev.atlex.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.Nsid;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.MutableClock;
import dev.atlex.testkit.TestAccount;
import java.net.InetAddress;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@Timeout(60)
class IdentityResolverTest {
    private static final Handle ALICE = Handle.of("alice.com");
    private static final Did DID = Did.of("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");
    private static final Did OTHER = Did.of("did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");

    private final TestDns dns = new TestDns();
    private final TestWeb web = new TestWeb();
    private final MutableClock clock = MutableClock.atPresent();

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
                .timeout(Duration.ofSeconds(30))
                .clock(clock);
    }

    private void txt(Handle handle, Did did) {
        dns.texts.put("_atproto." + handle, List.of("did=" + did));
    }

    private void document(Did did, String handle, String pds) {
        web.put(
                "plc.directory/" + did,
                "{\"id\":\"" + did + "\",\"alsoKnownAs\":[\"at://" + handle
                        + "\"],\"service\":[{\"id\":\"#atproto_pds\","
                        + "\"type\":\"AtprotoPersonalDataServer\",\"serviceEndpoint\":\"" + pds + "\"}]}");
    }

    private void alice() {
        txt(ALICE, DID);
        document(DID, "alice.com", "https://pds.com");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "@Alice.com",
                "\u202aalice.com\u202c",
                "alice.com. ",
                "https://bsky.app/profile/alice.com",
                "\ufeffdid:plc:aaaaaaaaaaaaaaaaaaaaaaaa\n"
            })
    void pastedIdentifiersAreResolved(String pasted) {
        alice();
        assertThat(builder().build().resolve(pasted).did()).isEqualTo(DID);
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice", "", "@", "alice@example.com", "al ice.com"})
    void invalidIdentifierCausesNoRequest(String pasted) {
        assertThatExceptionOfType(InvalidSyntaxException.class)
                .isThrownBy(() -> builder().build().resolve(pasted));
        assertThat(dns.asked).isEmpty();
        assertThat(web.asked).isEmpty();
    }

    @Test
    void accountIsResolvedByHandleAndByDid() {
        alice();
        Identity byHandle = builder().build().resolve(Handle.of("Alice.com"));
        assertThat(byHandle.did()).isEqualTo(DID);
        assertThat(byHandle.handle()).isEqualTo(ALICE);
        assertThat(byHandle.pds()).isEqualTo(URI.create("https://pds.com"));
        assertThat(byHandle.requirePds()).isEqualTo(URI.create("https://pds.com"));
        assertThat(byHandle.document().id()).isEqualTo(DID);
        assertThat(builder().build().resolve(DID)).isEqualTo(byHandle);
    }

    @Test
    void accountOnLocalServerIsResolved() {
        try (LocalPds pds = LocalPds.start()) {
            TestAccount account = pds.createAccount("alice.test", "password");
            dns.texts.put("_atproto.alice.test", List.of("did=" + account.did()));
            IdentityResolver resolver = IdentityResolver.builder()
                    .dns(dns.client())
                    .plcUrl(pds.plcUrl())
                    .allowPrivateAddresses(true)
                    .timeout(Duration.ofSeconds(30))
                    .build();
            Identity identity = resolver.resolve(Handle.of("alice.test"));
            assertThat(identity.did()).isEqualTo(account.did());
            assertThat(identity.pds()).isEqualTo(pds.url());
            assertThat(identity.document().signingKey()).startsWith("z");
            assertThatExceptionOfType(DidNotFoundException.class).isThrownBy(() -> resolver.document(DID));

            URI next = URI.create("https://next.com");
            pds.setPdsEndpoint(account.did(), next);
            assertThat(resolver.resolve(identity.did()).pds()).isEqualTo(pds.url());
            resolver.invalidate(identity.did());
            assertThat(resolver.resolve(identity.did()).pds()).isEqualTo(next);
        }
    }

    @Test
    void resolve_handleNotClaimedByAccount_isMismatch() {
        txt(Handle.of("impostor.com"), DID);
        alice();
        assertThatExceptionOfType(HandleMismatchException.class)
                .isThrownBy(() -> builder().build().resolve(Handle.of("impostor.com")))
                .withMessage("failed to resolve the handle impostor.com: the document of " + DID
                        + " claims another handle (got \"alice.com\")")
                .matches(e ->
                        e.handle().toString().equals("impostor.com") && e.did().equals(DID));
    }

    @Test
    void accountWithoutHandleIsNotFoundByHandle() {
        txt(ALICE, DID);
        document(DID, "", "https://pds.com");
        assertThatExceptionOfType(HandleMismatchException.class)
                .isThrownBy(() -> builder().build().resolve(ALICE))
                .withMessageContaining("claims no handle");
        assertThat(builder().build().resolve(DID).handle().isInvalid()).isTrue();
    }

    @Test
    void claimedHandleOfAnotherDidIsInvalid() {
        alice();
        txt(ALICE, OTHER);
        Identity identity = builder().build().resolve(DID);
        assertThat(identity.handle().isInvalid()).isTrue();
        assertThat(identity.did()).isEqualTo(DID);
    }

    @Test
    void claimedHandleThatDoesNotResolveIsInvalid() {
        document(DID, "alice.com", "https://pds.com");
        assertThat(builder().build().resolve(DID).handle().isInvalid()).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"alice.local", "alice.test", "handle.invalid"})
    void claimedHandleInReservedDomainIsInvalid(String handle) {
        document(DID, handle, "https://pds.com");
        txt(Handle.of(handle), DID);
        assertThat(builder().build().resolve(DID).handle().isInvalid()).isTrue();
        assertThat(dns.asked).isEmpty();
    }

    @Test
    void claimedHandle_lookupFails_isInvalidAndNotCached() {
        alice();
        IdentityResolver resolver = builder().build();
        TestDns.Script works = dns.udp;
        dns.udp = question -> List.of(TestDns.message(question, 0x8182));
        assertThat(resolver.resolve(DID).handle().isInvalid()).isTrue();
        dns.udp = works;
        assertThat(resolver.resolve(DID).handle()).isEqualTo(ALICE);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pds.com",
                "https://127.0.0.1",
                "https://[::1]",
                "https://localhost",
                "https://pds.internal",
                "https://private.com",
                "https://mixed.com",
                "https://2130706433",
                "https://pds.com."
            })
    void forbiddenServerIsRejected(String pds) {
        document(DID, "alice.com", pds);
        assertThatExceptionOfType(ForbiddenHostException.class)
                .isThrownBy(() -> builder().build().resolve(DID))
                .matches(e -> pds.contains(e.host()));
    }

    @Test
    void unresolvableServerIsAccepted() {
        alice();
        document(DID, "alice.com", "https://unknown.com");
        assertThat(builder().build().resolve(ALICE).pds()).isEqualTo(URI.create("https://unknown.com"));
    }

    @Test
    void accountWithoutServerIsResolved() {
        alice();
        document(DID, "alice.com", "nonsense");
        Identity identity = builder().build().resolve(ALICE);
        assertThat(identity.pds()).isNull();
        assertThatExceptionOfType(InvalidDidDocumentException.class)
                .isThrownBy(identity::requirePds)
                .withMessageContaining(DID.toString());
    }

    @Test
    void guardedTransportRejectsForbiddenHosts() {
        web.put("pds.com/xrpc/x", "ok");
        var transport = builder().build().transport();
        assertThat(transport
                        .send(TransportRequest.get(URI.create("https://pds.com/xrpc/x"))
                                .build())
                        .readAll())
                .asString()
                .isEqualTo("ok");
        TransportRequest forbidden =
                TransportRequest.get(URI.create("https://private.com/xrpc/x")).build();
        assertThatExceptionOfType(ForbiddenHostException.class).isThrownBy(() -> transport.send(forbidden));
        assertThat(web.asked).hasSize(1);
    }

    @Test
    void hangingHostLookupTimesOut() {
        CountDownLatch done = new CountDownLatch(1);
        var transport = builder()
                .hosts(host -> {
                    await(done);
                    return new InetAddress[0];
                })
                .timeout(Duration.ofMillis(100))
                .build()
                .transport();
        TransportRequest request =
                TransportRequest.get(URI.create("https://pds.com/")).build();
        assertThatExceptionOfType(TransportTimeoutException.class).isThrownBy(() -> transport.send(request));
        done.countDown();
    }

    @Test
    void interruptedThread_failsInsteadOfInvalidHandle() {
        CountDownLatch done = new CountDownLatch(1);
        document(DID, "alice.com", "https://pds.com");
        IdentityResolver resolver = builder()
                .hosts(host -> {
                    await(done);
                    return new InetAddress[0];
                })
                .build();
        resolver.document(DID);
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(TransportInterruptedException.class).isThrownBy(() -> resolver.resolve(DID));
        assertThat(Thread.interrupted()).as("interrupt flag is restored").isTrue();
        done.countDown();
    }

    @Test
    void interruptedWaiter_failsInsteadOfInvalidHandle() throws Exception {
        CountDownLatch begun = new CountDownLatch(1);
        CountDownLatch done = new CountDownLatch(1);
        document(DID, "alice.com", "https://pds.com");
        IdentityResolver resolver = builder()
                .dns(name -> {
                    begun.countDown();
                    await(done);
                    return List.of("did=" + DID);
                })
                .build();
        resolver.document(DID);
        Thread other = new Thread(() -> resolver.resolveHandle(ALICE));
        other.start();
        begun.await();
        Thread.currentThread().interrupt();
        assertThatExceptionOfType(IdentityLookupException.class).isThrownBy(() -> resolver.resolve(DID));
        assertThat(Thread.interrupted()).as("interrupt flag is restored").isTrue();
        done.countDown();
        other.join();
    }

    @Test
    void successesAreCachedUntilTheyExpire() {
        alice();
        IdentityResolver resolver = builder().ttl(Duration.ofMinutes(10)).build();
        resolver.resolve(ALICE);
        txt(ALICE, OTHER);
        document(OTHER, "alice.com", "https://other.com");
        clock.advance(Duration.ofMinutes(10).minusMillis(1));
        assertThat(resolver.resolve(ALICE).did()).isEqualTo(DID);
        clock.advance(Duration.ofMillis(1));
        assertThat(resolver.resolve(ALICE).did()).isEqualTo(OTHER);
    }

    @Test
    void failuresAreCachedUntilTheyExpire() {
        IdentityResolver resolver = builder().missTtl(Duration.ofMinutes(1)).build();
        for (int i = 0; i < 2; i++) {
            assertThatExceptionOfType(HandleNotFoundException.class).isThrownBy(() -> resolver.resolve(ALICE));
        }
        assertThat(dns.asked).hasSize(1);
        alice();
        clock.advance(Duration.ofMinutes(1));
        assertThat(resolver.resolve(ALICE).did()).isEqualTo(DID);
    }

    @Test
    void invalidatedHandleIsLookedUpAgain() {
        alice();
        IdentityResolver resolver = builder().build();
        resolver.resolveHandle(ALICE);
        txt(ALICE, OTHER);
        resolver.invalidate(Handle.of("ALICE.com"));
        assertThat(resolver.resolveHandle(ALICE)).isEqualTo(OTHER);
    }

    @Test
    void nsidAuthorityIsResolvedByDnsOnly() {
        dns.texts.put("_lexicon.blogging.lab.university.edu", List.of("v=1", "did=" + DID));
        IdentityResolver resolver = builder().build();
        assertThat(resolver.lexiconAuthority(Nsid.of("edu.university.lab.blogging.getPost")))
                .isEqualTo(DID);
        assertThat(resolver.lexiconAuthority(Nsid.of("edu.university.LAB.blogging.getComments")))
                .isEqualTo(DID);
        assertThat(dns.asked).containsExactly("_lexicon.blogging.lab.university.edu");
        assertThat(web.asked).isEmpty();
    }

    @Test
    void nsidAuthority_parentDomainsAreNotTried() {
        dns.texts.put("_lexicon.university.edu", List.of("did=" + DID));
        IdentityResolver resolver = builder().build();
        Nsid first = Nsid.of("edu.university.lab.first");
        Nsid second = Nsid.of("edu.university.lab.second");
        assertThatExceptionOfType(AuthorityNotFoundException.class)
                .isThrownBy(() -> resolver.lexiconAuthority(first))
                .withMessage("failed to resolve the Lexicon authority for " + first + ": no TXT record for "
                        + "_lexicon.lab.university.edu contains a DID")
                .matches(e -> e.nsid().equals(first));
        assertThatExceptionOfType(AuthorityNotFoundException.class)
                .isThrownBy(() -> resolver.lexiconAuthority(second))
                .withMessageStartingWith("failed to resolve the Lexicon authority for " + second)
                .matches(e -> e.nsid().equals(second));
        assertThat(dns.asked).containsExactly("_lexicon.lab.university.edu");
    }

    @Test
    void nsidAuthority_twoDids_isNotFound() {
        dns.texts.put("_lexicon.a.com", List.of("did=" + DID, "did=" + OTHER));
        assertThatExceptionOfType(AuthorityNotFoundException.class)
                .isThrownBy(() -> builder().build().lexiconAuthority(Nsid.of("com.a.b")))
                .withMessageContaining("2 different DIDs");
    }

    @Test
    void nsidAuthority_dnsFails_isNotCached() {
        dns.udp = question -> List.of(TestDns.message(question, 0x8182));
        assertThatExceptionOfType(DnsException.class)
                .isThrownBy(() -> builder().build().lexiconAuthority(Nsid.of("com.a.b")))
                .matches(IdentityException::retryable);
    }

    @Test
    void nsidAuthority_tooLongForDns_isNotFound() {
        Nsid nsid = Nsid.of(("a" + "b".repeat(61) + ".").repeat(4) + "name");
        assertThatExceptionOfType(AuthorityNotFoundException.class)
                .isThrownBy(() -> builder().build().lexiconAuthority(nsid))
                .withMessageContaining("too long");
        assertThat(dns.asked).isEmpty();
    }

    @Test
    void invalidSettingsAreRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> builder().timeout(Duration.ZERO));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().cacheEntries(-1));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().ttl(Duration.ofMillis(-1)));
        assertThatIllegalArgumentException().isThrownBy(() -> builder().missTtl(Duration.ofMillis(-1)));
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new AssertionError(e);
        }
    }
}
