package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import app.bsky.actor.Profile;
import app.bsky.feed.Like;
import app.bsky.feed.Post;
import com.atproto.repo.ApplyWrites;
import com.atproto.repo.ApplyWrites.Output.ResultsItem;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.StrongRef;
import dev.atlex.client.Client;
import dev.atlex.client.ListedRecord;
import dev.atlex.client.RecordConflictException;
import dev.atlex.client.RetryOptions;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Tid;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Scenarios for idempotent creates whose response is lost. Each record must exist exactly once. */
abstract class LostResponseScenarios extends Scenarios {
    private static final RetryOptions AT_ONCE =
            RetryOptions.of(o -> o.maxRetries(3).minDelay(Duration.ZERO).maxDelay(Duration.ZERO));

    private final LossyTransport transport = new LossyTransport();

    LostResponseScenarios(Server server) {
        super(server);
    }

    private Client idempotent() {
        return new Client(login(server.createAccount(), options -> options.transport(transport)))
                .with(options -> options.idempotentCreates(true).retries(AT_ONCE));
    }

    private void loseResponses(String nsid, int times) {
        transport.lose(nsid, times, LossyTransport.Loss.RESPONSE);
    }

    private static List<AtUri> uris(Client client, RecordType<?, ?> type) {
        return client.list(type).records().stream().map(ListedRecord::uri).toList();
    }

    @Test
    void withoutOption_repeatedCreatePostsTwice() {
        Client client = idempotent().with(options -> options.idempotentCreates(false));
        loseResponses(CreateRecord.NSID, 1);

        assertThatExceptionOfType(XrpcTransportException.class)
                .isThrownBy(() -> client.create(Post.RECORD, post("twice")))
                .matches(XrpcTransportException::requestMayHaveBeenProcessed);
        client.create(Post.RECORD, post("twice"));

        assertThat(uris(client, Post.RECORD)).hasSize(2);
    }

    @Test
    void lostResponse_postIsCreatedOnce() {
        Client client = idempotent();
        loseResponses(CreateRecord.NSID, 1);

        CreateRecord.Output output = client.create(Post.RECORD, post("once"));

        assertThat(transport.methods()).containsExactly("createRecord", "getRecord");
        assertThat(uris(client, Post.RECORD)).containsExactly(output.uri());
        assertThat(output.cid()).isEqualTo(post("once").computeCid());
        assertThat(output.uri().authority()).isEqualTo(client.requireDid());
    }

    /** The lookup doesn't find the record yet, but the repeated create does. */
    @Test
    void lateRequest_postIsCreatedOnce() {
        Client client = idempotent();
        transport.lose(CreateRecord.NSID, 1, LossyTransport.Loss.LATE);

        CreateRecord.Output output = client.create(Post.RECORD, post("late"));

        assertThat(transport.methods()).containsExactly("createRecord", "getRecord", "createRecord", "getRecord");
        assertThat(uris(client, Post.RECORD)).containsExactly(output.uri());
        assertThat(output.cid()).isEqualTo(post("late").computeCid());
    }

    /** The server keeps one like per subject, and replaces it if another is created. */
    @Test
    void lostResponseOrLateRequest_likeIsCreatedOnce() {
        for (LossyTransport.Loss loss : LossyTransport.Loss.values()) {
            Client client = idempotent();
            CreateRecord.Output post = client.create(Post.RECORD, post("liked"));
            Like like = Like.builder()
                    .subject(StrongRef.builder().uri(post.uri()).cid(post.cid()).build())
                    .createdAt(TIME)
                    .build();
            transport.lose(CreateRecord.NSID, 1, loss);

            CreateRecord.Output output = client.create(Like.RECORD, like);

            assertThat(uris(client, Like.RECORD)).as(loss.toString()).containsExactly(output.uri());
            assertThat(output.cid()).isEqualTo(like.computeCid());
        }
    }

    @Test
    void literalKey_recordIsCreatedOnceAndNotReplaced() {
        Client client = idempotent();
        Profile profile = Profile.builder().displayName("first").build();
        loseResponses(CreateRecord.NSID, 1);
        client.create(Profile.RECORD, profile);
        client.create(Profile.RECORD, profile);

        assertThatExceptionOfType(RecordConflictException.class)
                .isThrownBy(() -> client.create(
                        Profile.RECORD, Profile.builder().displayName("second").build()))
                .satisfies(conflict -> {
                    assertThat(conflict.uri())
                            .isEqualTo(uris(client, Profile.RECORD).get(0));
                    assertThat(conflict.cid()).isEqualTo(profile.computeCid());
                });

        assertThat(client.get(Profile.RECORD).value()).isEqualTo(profile);
    }

    @Test
    void storedKey_makesLaterCallSafe() {
        Client client = idempotent();
        WriteOptions options = WriteOptions.of(o -> o.rkey(Tid.next().toRecordKey()));
        CreateRecord.Output first = client.create(Post.RECORD, post("kept"), options);

        CreateRecord.Output second = client.create(Post.RECORD, post("kept"), options);

        assertThat(second.uri()).isEqualTo(first.uri());
        assertThat(second.cid()).isEqualTo(first.cid());
        assertThatExceptionOfType(RecordConflictException.class)
                .isThrownBy(() -> client.create(Post.RECORD, post("another"), options));
        assertThat(client.list(Post.RECORD).values()).extracting(Post::text).containsExactly("kept");
    }

    @Test
    void batch_isAppliedOnce() {
        for (LossyTransport.Loss loss : LossyTransport.Loss.values()) {
            Client client = idempotent();
            transport.lose(ApplyWrites.NSID, 1, loss);

            ApplyWrites.Output output = client.applyWrites(writes -> writes.create(Post.RECORD, post("one"))
                    .create(Profile.RECORD, Profile.builder().displayName("p").build())
                    .create(Post.RECORD, post("two")));

            List<ApplyWrites.CreateResult> results = Objects.requireNonNull(output.results()).stream()
                    .map(item -> ((ResultsItem.CreateResult) item).value())
                    .toList();
            assertThat(results).hasSize(3);
            assertThat(uris(client, Post.RECORD))
                    .containsExactlyInAnyOrder(
                            results.get(0).uri(), results.get(2).uri());
            assertThat(client.get(Profile.RECORD).cid())
                    .isEqualTo(results.get(1).cid());
            assertThat(results.get(0).cid()).isEqualTo(post("one").computeCid());
        }
    }
}
