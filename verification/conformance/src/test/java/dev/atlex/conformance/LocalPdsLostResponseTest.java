package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.feed.Post;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.GetRecord;
import dev.atlex.client.Client;
import dev.atlex.client.RetryOptions;
import dev.atlex.session.PasswordSession;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Tests idempotent creates while connections break and proxies respond instead of the server. */
class LocalPdsLostResponseTest {
    private final LocalPds pds = LocalPds.start();
    private final TestAccount alice = pds.createAccount("alice.test", "password");
    private final PasswordSession session =
            PasswordSession.login(pds.url().toString(), alice.handle(), alice.password());
    private final Client client = new Client(session)
            .with(options -> options.idempotentCreates(true)
                    .retries(RetryOptions.of(
                            o -> o.maxRetries(3).minDelay(Duration.ZERO).maxDelay(Duration.ZERO))));

    @AfterEach
    void stop() {
        session.close();
        pds.close();
    }

    static List<Fault> faults() {
        return List.of(
                Fault.dropBeforeProcessing(),
                Fault.dropAfterProcessing(),
                Fault.truncatedBody(),
                Fault.emptyBody(),
                Fault.garbageJson(),
                Fault.wrongContentType("text/html"),
                Fault.html(502),
                Fault.status(500, "InternalServerError", "Internal Server Error"),
                Fault.status(503));
    }

    private Post post() {
        return Scenarios.post("once");
    }

    private void assertThereOnce(CreateRecord.Output output) {
        assertThat(client.list(Post.RECORD).records())
                .singleElement()
                .satisfies(record -> assertThat(record.uri()).isEqualTo(output.uri()));
        assertThat(output.cid()).isEqualTo(post().computeCid());
    }

    @ParameterizedTest
    @MethodSource("faults")
    void create_isAppliedOnceDespiteFault(Fault fault) {
        pds.faults().next(CreateRecord.NSID, fault);
        assertThereOnce(client.create(Post.RECORD, post()));
        assertThat(pds.faults().exhausted()).isTrue();
    }

    @ParameterizedTest
    @MethodSource("faults")
    void create_isAppliedOnceDespiteFaultInLookup(Fault fault) {
        pds.faults().next(CreateRecord.NSID, Fault.dropAfterProcessing()).next(GetRecord.NSID, fault);
        assertThereOnce(client.create(Post.RECORD, post()));
        assertThat(pds.faults().exhausted()).isTrue();
        assertThat(pds.count(CreateRecord.NSID)).isEqualTo(1);
    }

    @Test
    void hiddenRecord_lookupIsRepeatedAfterRejection() {
        pds.faults()
                .next(CreateRecord.NSID, Fault.dropAfterProcessing())
                .next(GetRecord.NSID, Fault.status(400, "InvalidRequest", "Could not locate record"));
        assertThereOnce(client.create(Post.RECORD, post()));
        assertThat(pds.count(CreateRecord.NSID)).isEqualTo(2);
        assertThat(pds.count(GetRecord.NSID)).isEqualTo(2);
    }
}
