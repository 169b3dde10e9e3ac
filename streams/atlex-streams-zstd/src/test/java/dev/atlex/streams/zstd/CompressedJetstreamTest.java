package dev.atlex.streams.zstd;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.streams.FailedEvent;
import dev.atlex.streams.Jetstream;
import dev.atlex.streams.RepoEvent;
import dev.atlex.streams.RepoStream;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalJetstream;
import java.time.Duration;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** A Jetstream of version 2 with this module on the module path. */
@Timeout(60)
class CompressedJetstreamTest {
    private static final Did ALICE = Did.of("did:plc:alice");
    private static final String SUBSCRIBE = "/xrpc/network.bsky.jetstream.subscribeEvents";
    private static final String DICTIONARY = "/xrpc/network.bsky.jetstream.getZstdDictionary";
    private static final byte[] FIRST = Dictionaries.train(7);
    private static final byte[] SECOND = Dictionaries.train(11);

    private final LocalJetstream server = LocalJetstream.start();
    private final List<FailedEvent> skipped = new CopyOnWriteArrayList<>();

    @AfterEach
    void stop() {
        server.close();
    }

    private RepoStream connect() {
        return Jetstream.connect(
                j -> j.service(server.url().toString()).startAt(0).onSkipped(skipped::add));
    }

    private void publish(byte[] dictionary) {
        server.behavior().dictionary(dictionary, Dictionaries.compressor(dictionary));
    }

    private void checkNext(Iterator<RepoEvent> events, long sequence) {
        server.account(ALICE, null);
        assertThat(events.next().sequence()).isEqualTo(sequence);
    }

    @Test
    void frames_areCompressed() {
        publish(FIRST);
        try (RepoStream stream = connect()) {
            checkNext(stream.iterator(), 1);
            assertThat(server.requests())
                    .containsExactly(
                            DICTIONARY,
                            SUBSCRIBE + "?cursor=1000000000000000&zstdDictionary=" + Dictionaries.id(FIRST));
        }
    }

    @Test
    void retiredDictionary_isFetchedAgain() throws Exception {
        assertThat(Dictionaries.id(FIRST)).isNotEqualTo(Dictionaries.id(SECOND));
        publish(FIRST);
        try (RepoStream stream = connect()) {
            Iterator<RepoEvent> events = stream.iterator();
            checkNext(events, 1);
            publish(SECOND);
            server.behavior().closeConnections(1001, "upgrading").awaitConnections(0, Duration.ofSeconds(20));
            checkNext(events, 2);
            assertThat(server.requests())
                    .endsWith(
                            SUBSCRIBE + "?cursor=1&zstdDictionary=" + Dictionaries.id(FIRST),
                            DICTIONARY,
                            SUBSCRIBE + "?cursor=1&zstdDictionary=" + Dictionaries.id(SECOND));
            assertThat(stream.health().gaps()).isZero();
        }
    }

    @Test
    void serverWithoutADictionary_sendsPlainJson() {
        try (RepoStream stream = connect()) {
            checkNext(stream.iterator(), 1);
            assertThat(server.requests()).containsExactly(DICTIONARY, SUBSCRIBE + "?cursor=1000000000000000");
        }
    }

    @Test
    void version1_isNotCompressed() {
        server.behavior().version2(false);
        try (RepoStream stream = connect()) {
            server.account(ALICE, null);
            assertThat(stream.iterator().next().did()).isEqualTo(ALICE);
            assertThat(server.requests()).endsWith("/subscribe?cursor=1");
        }
    }

    @Test
    void invalidFrame_isSkippedWithItsBytes() {
        UnaryOperator<byte[]> valid = Dictionaries.compressor(FIRST);
        server.behavior()
                .dictionary(
                        FIRST,
                        frame -> new String(frame, UTF_8).contains("broken")
                                ? new byte[] {1, 2, 3}
                                : valid.apply(frame));
        try (RepoStream stream = connect()) {
            server.account(ALICE, "broken");
            checkNext(stream.iterator(), 2);
            assertThat(skipped).hasSize(1);
            assertThat(skipped.get(0).bytes().size()).isEqualTo(3);
        }
    }
}
