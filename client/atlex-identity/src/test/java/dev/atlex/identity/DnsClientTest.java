package dev.atlex.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(60)
class DnsClientTest {
    private static final String NAME = "_atproto.alice.com";
    private static final int OK = 0x8180;
    private static final int TRUNCATED = 0x8380;
    private static final int SERVFAIL = 0x8182;
    private static final int REFUSED = 0x8185;
    private static final Duration SHORT = Duration.ofMillis(150);

    private final TestDns dns = new TestDns();

    @AfterEach
    void close() {
        dns.close();
    }

    @Test
    void txtRecordsAreReturnedWithPartsJoined() {
        dns.udp = question -> List.of(TestDns.message(
                question, OK, TestDns.txt(NAME, "did=did:plc:", "abc"), TestDns.txt(NAME, "", "other", "")));
        assertThat(dns.client().txt(NAME)).containsExactly("did=did:plc:abc", "other");
        assertThat(dns.asked).containsExactly(NAME);
    }

    @Test
    void queryIsForTxtInClassInWithRecursion() {
        dns.udp = question -> {
            assertThat(question.type()).isEqualTo(16);
            assertThat(question.bytes())
                    .startsWith(question.id() >> 8, question.id() & 0xff, 1, 0, 0, 1, 0, 0, 0, 0, 0, 0);
            assertThat(question.bytes()).endsWith(0, 0, 16, 0, 1);
            return List.of(TestDns.message(question, OK, TestDns.txt(NAME, "seen")));
        };
        assertThat(dns.client().txt(NAME)).containsExactly("seen");
    }

    @Test
    void nxdomainReturnsNoRecords() {
        assertThat(dns.client().txt(NAME)).isEmpty();
        assertThat(dns.asked).hasSize(1);
    }

    @Test
    void otherRecordTypesReturnNoRecords() {
        dns.udp = question -> List.of(
                TestDns.message(question, OK, TestDns.record(TestDns.name(NAME), 1, new byte[] {127, 0, 0, 1})));
        assertThat(dns.client().txt(NAME)).isEmpty();
    }

    @Test
    void cnames_anyOrderAndCase_areFollowed() {
        dns.udp = question -> List.of(TestDns.message(
                question,
                OK,
                TestDns.txt("end.net", "right"),
                TestDns.txt("other.net", "wrong"),
                TestDns.cname("Middle.org", "END.net"),
                TestDns.cname(NAME, "middle.ORG")));
        assertThat(dns.client().txt(NAME)).containsExactly("right");
    }

    @Test
    void cnameLoopTerminates() {
        dns.udp = question ->
                List.of(TestDns.message(question, OK, TestDns.cname(NAME, "b.com"), TestDns.cname("b.com", NAME)));
        assertThat(dns.client().txt(NAME)).isEmpty();
    }

    @Test
    void compressedNamesAreDecoded() {
        byte[] owner = {(byte) 0xc0, 12};
        dns.udp =
                question -> List.of(TestDns.message(question, OK, TestDns.record(owner, 16, new byte[] {2, 'o', 'k'})));
        assertThat(dns.client().txt(NAME)).containsExactly("ok");
    }

    @Test
    void packetsForOtherQueriesAreIgnored() {
        dns.udp = question -> {
            TestDns.Question otherId = new TestDns.Question(question.id() ^ 1, NAME, 16, question.bytes(), 0);
            byte[] otherName = question.bytes().clone();
            otherName[13] ^= 1;
            TestDns.Question other = new TestDns.Question(question.id(), NAME, 16, otherName, 0);
            return List.of(
                    new byte[] {1, 2, 3},
                    TestDns.message(otherId, OK, TestDns.txt(NAME, "forged")),
                    TestDns.message(other, OK, TestDns.txt(NAME, "forged")),
                    question.bytes(),
                    TestDns.message(question, OK, TestDns.txt(NAME, "right")));
        };
        assertThat(dns.client().txt(NAME)).containsExactly("right");
        assertThat(dns.asked).hasSize(1);
    }

    @Test
    void truncatedResponseIsRetriedOverTcp() {
        String[] many = new String[30];
        Arrays.fill(many, "x".repeat(255));
        dns.udp = question -> List.of(TestDns.message(question, TRUNCATED, TestDns.txt(NAME, "cut")));
        dns.tcp = question -> List.of(TestDns.message(question, OK, TestDns.txt(NAME, many)));
        assertThat(dns.client().txt(NAME)).containsExactly("x".repeat(30 * 255));
    }

    @Test
    void truncatedTcpResponseIsAFailure() {
        dns.udp = question -> List.of(TestDns.message(question, TRUNCATED));
        dns.tcp = question -> List.of();
        assertThatExceptionOfType(DnsException.class)
                .isThrownBy(() -> dns.client().txt(NAME))
                .withMessageContaining("truncated response over TCP");
    }

    @Test
    void hangingTcpConnectionTimesOut() {
        CountDownLatch done = new CountDownLatch(1);
        dns.udp = question -> List.of(TestDns.message(question, TRUNCATED));
        dns.tcp = question -> {
            done.await();
            return List.of();
        };
        assertThatExceptionOfType(DnsException.class)
                .isThrownBy(() -> dns.client(SHORT).txt(NAME))
                .withMessageContaining("did not respond in time");
        done.countDown();
    }

    @Test
    void lostPacketIsResent() {
        dns.udp = question ->
                question.number() == 1 ? List.of() : List.of(TestDns.message(question, OK, TestDns.txt(NAME, "late")));
        assertThat(dns.client(Duration.ofSeconds(4)).txt(NAME)).containsExactly("late");
    }

    @Test
    void nextServerIsUsedAfterFailure() {
        dns.udp = question -> List.of(TestDns.message(question, SERVFAIL));
        try (TestDns second = new TestDns()) {
            second.texts.put(NAME, List.of("second"));
            DnsResolver resolver = DnsResolver.of(List.of(dns.address(), second.address()), Duration.ofSeconds(20));
            assertThat(resolver.txt(NAME)).containsExactly("second");
        }
    }

    @Test
    void failureMessageHasNameServerAndReason() {
        dns.udp = question -> List.of(TestDns.message(question, question.number() == 1 ? SERVFAIL : REFUSED));
        assertThatExceptionOfType(DnsException.class)
                .isThrownBy(() -> dns.client().txt(NAME))
                .withMessage("failed to look up the TXT records for " + NAME + ": 127.0.0.1:"
                        + dns.address().getPort() + " returned REFUSED (query not allowed)")
                .matches(IdentityException::retryable);
        assertThat(dns.asked).hasSize(2);
    }

    @Test
    void errorResponseWithoutQuestionIsAccepted() {
        dns.udp = question -> List.of(new byte[] {
            (byte) (question.id() >> 8), (byte) question.id(), (byte) 0x81, (byte) 0x81, 0, 0, 0, 0, 0, 0, 0, 0
        });
        assertThatExceptionOfType(DnsException.class)
                .isThrownBy(() -> dns.client().txt(NAME))
                .withMessageContaining("FORMERR");
    }

    @Test
    void silentServerTimesOut() {
        dns.udp = question -> List.of();
        assertThatExceptionOfType(DnsException.class)
                .isThrownBy(() -> dns.client(SHORT).txt(NAME))
                .withMessageContaining("did not respond in time");
    }

    @Test
    void forgedPacketsAreLimited() {
        dns.udp = question -> {
            byte[][] forged = new byte[200][];
            Arrays.fill(forged, new byte[] {0});
            return List.of(forged);
        };
        assertThatExceptionOfType(DnsException.class)
                .isThrownBy(() -> dns.client(SHORT).txt(NAME))
                .withMessageContaining("did not respond in time");
    }

    @Test
    void closedPortIsAFailure() throws Exception {
        int port;
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            port = socket.getLocalPort();
        }
        DnsResolver resolver =
                DnsResolver.of(List.of(new InetSocketAddress("127.0.0.1", port)), Duration.ofMillis(500));
        assertThatExceptionOfType(DnsException.class)
                .isThrownBy(() -> resolver.txt(NAME))
                .withMessageContaining("127.0.0.1:" + port);
    }

    @Test
    void malformedResponsesAreFailures() {
        byte[] whole = TestDns.txt(NAME, "did=did:plc:abc");
        assertBroken("the message ends early", Arrays.copyOf(whole, 12));
        assertBroken("the message ends early", Arrays.copyOf(whole, TestDns.name(NAME).length + 3));
        assertBroken("exceeds the end of the message", Arrays.copyOf(whole, whole.length - 3));
        assertBroken("exceeds the end of its record", TestDns.record(TestDns.name(NAME), 16, new byte[] {9, 'a'}));
        assertBroken("forward pointer", TestDns.record(new byte[] {(byte) 0xc0, (byte) 0xff}, 16, new byte[0]));
        assertBroken("too long", TestDns.record(new byte[] {(byte) 0x80}, 16, new byte[200]));
    }

    @Test
    void selfReferencingNameIsAFailure() {
        // The owner name starts right after the question.
        int at = 12 + TestDns.name(NAME).length + 4;
        assertBroken("forward pointer", TestDns.record(new byte[] {(byte) 0xc0, (byte) at}, 16, new byte[0]));
    }

    /** A hostile response could repeat the same long pointer chain in many records. */
    @Test
    void nameWithManyPointersIsAFailure() {
        int chain = 12 + 2 * TestDns.name(NAME).length + 4 + 10;
        byte[] pointers = new byte[400];
        for (int i = 0; i < pointers.length; i += 2) {
            int target = i == 0 ? 12 : chain + i - 2;
            pointers[i] = (byte) (0xc0 | target >> 8);
            pointers[i + 1] = (byte) target;
        }
        int last = chain + pointers.length - 2;
        assertBroken(
                "too many pointers",
                TestDns.record(TestDns.name(NAME), 99, pointers),
                TestDns.record(new byte[] {(byte) (0xc0 | last >> 8), (byte) last}, 16, new byte[0]));
    }

    private void assertBroken(String reason, byte[]... records) {
        dns.udp = question -> List.of(TestDns.message(question, OK, records));
        assertThatExceptionOfType(DnsException.class)
                .isThrownBy(() -> dns.client().txt(NAME))
                .withMessageContaining(reason);
    }

    @Test
    void invalidDomainNameIsNotQueried() {
        for (String name : List.of("", "a..b", "a.b.", "x".repeat(64) + ".com", "ä.com", "a.".repeat(127) + "com")) {
            assertThatExceptionOfType(DnsException.class)
                    .as(name)
                    .isThrownBy(() -> dns.client().txt(name))
                    .withMessageContaining("domain name");
        }
        assertThat(dns.asked).isEmpty();
    }

    @Test
    void queryIdsAreRandom() {
        Set<Integer> ids = ConcurrentHashMap.newKeySet();
        dns.udp = question -> {
            ids.add(question.id());
            return List.of(TestDns.message(question, OK));
        };
        for (int i = 0; i < 20; i++) {
            dns.client().txt(NAME);
        }
        assertThat(ids).hasSizeGreaterThan(15);
    }

    @Test
    void invalidSettingsAreRejected() {
        assertThatIllegalArgumentException().isThrownBy(() -> DnsResolver.of(List.of(), Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> DnsResolver.of(List.of(dns.address()), Duration.ZERO));
    }

    @Test
    void emptyServerListIsAFailure() {
        assertThatExceptionOfType(DnsException.class)
                .isThrownBy(() -> new DnsClient(List::of, Duration.ofSeconds(1)).txt(NAME))
                .withMessageContaining("no DNS server is configured");
    }

    @Test
    void systemServersAreRead() {
        assertThat(SystemDns.parse("dns://192.0.2.1 dns://[ dns: dns://[2001:db8::1]:5353/"))
                .containsExactly(new InetSocketAddress("192.0.2.1", 53), new InetSocketAddress("2001:db8::1", 5353));
        assertThat(SystemDns.parse("")).isEmpty();
        // The list depends on the machine; reading it must not fail.
        assertThat(SystemDns.servers()).allMatch(server -> server.getPort() > 0);
    }
}
