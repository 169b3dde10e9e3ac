package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.Profile;
import app.bsky.feed.Like;
import app.bsky.feed.Post;
import com.atproto.repo.ApplyWrites;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.PutRecord;
import com.atproto.repo.StrongRef;
import com.atproto.sync.GetLatestCommit;
import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.Writes;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.syntax.RecordKey;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** Scenarios for conditional writes, batches, and the server's validation. */
abstract class WriteScenarios extends Scenarios {
    WriteScenarios(Server server) {
        super(server);
    }

    private static WriteOptions options(Consumer<? super WriteOptions.Builder> options) {
        return WriteOptions.of(options);
    }

    private static Profile profile(String name) {
        return Profile.builder().displayName(name).build();
    }

    @Test
    void put_swapFailsAfterConcurrentChange() {
        Client client = signedIn();
        PutRecord.Output first = client.put(Profile.RECORD, profile("one"), options(o -> o.mustNotExist()));
        PutRecord.Output second = client.put(Profile.RECORD, profile("two"), options(o -> o.swapRecord(first.cid())));

        assertRejected(
                400,
                PutRecord.ERROR_INVALID_SWAP,
                () -> client.put(Profile.RECORD, profile("three"), options(o -> o.swapRecord(first.cid()))));
        assertRejected(
                400,
                PutRecord.ERROR_INVALID_SWAP,
                () -> client.put(Profile.RECORD, profile("four"), options(o -> o.mustNotExist())));
        assertRejected(
                400,
                PutRecord.ERROR_INVALID_SWAP,
                () -> client.delete(Profile.RECORD, options(o -> o.swapRecord(first.cid()))));

        assertThat(client.get(Profile.RECORD).cid()).isEqualTo(second.cid());
        client.delete(Profile.RECORD, options(o -> o.swapRecord(second.cid())));
        assertRejected(400, "RecordNotFound", () -> client.get(Profile.RECORD));
    }

    @Test
    void put_swapFailsIfRecordIsMissing() {
        Client client = signedIn();
        assertRejected(
                400,
                PutRecord.ERROR_INVALID_SWAP,
                () -> client.put(
                        Profile.RECORD,
                        profile("one"),
                        options(o -> o.swapRecord(profile("zero").computeCid()))));
    }

    @Test
    void put_sameContentChangesNothing() {
        Client client = signedIn();
        PutRecord.Output first = client.put(Profile.RECORD, profile("same"));
        Cid commit = latestCommit(client);

        PutRecord.Output second = client.put(Profile.RECORD, profile("same"));

        assertThat(second.cid()).isEqualTo(first.cid());
        assertThat(latestCommit(client)).isEqualTo(commit);
    }

    @Test
    void write_swapCommitFailsAfterOtherWrite() {
        Client client = signedIn();
        CreateRecord.Output first = client.create(Post.RECORD, post("one"));
        Cid commit = Objects.requireNonNull(first.commit()).cid();
        assertThat(latestCommit(client)).isEqualTo(commit);
        client.create(Post.RECORD, post("two"), options(o -> o.swapCommit(commit)));

        assertRejected(
                400,
                CreateRecord.ERROR_INVALID_SWAP,
                () -> client.create(Post.RECORD, post("three"), options(o -> o.swapCommit(commit))));
        assertRejected(
                400,
                ApplyWrites.ERROR_INVALID_SWAP,
                () -> client.applyWrites(
                        writes -> writes.create(Post.RECORD, post("four")), options(o -> o.swapCommit(commit))));

        assertThat(client.list(Post.RECORD).values()).extracting(Post::text).containsExactly("two", "one");
    }

    private static Cid latestCommit(Client client) {
        return client.call(GetLatestCommit.QUERY, query -> query.did(client.requireDid()))
                .cid();
    }

    @Test
    void applyWrites_isAtomic() {
        Client client = signedIn();
        RecordKey changed = key(client.create(Post.RECORD, post("to change")).uri());
        RecordKey removed = key(client.create(Post.RECORD, post("to remove")).uri());
        Post made = post("made");

        ApplyWrites.Output output = client.applyWrites(writes -> writes.create(Post.RECORD, made)
                .update(Post.RECORD, post("changed"), changed)
                .delete(Post.RECORD, removed)
                .create(Profile.RECORD, profile("all at once")));

        List<ApplyWrites.Output.ResultsItem> results = Objects.requireNonNull(output.results());
        assertThat(results)
                .extracting(result -> (Object) result.getClass())
                .containsExactly(
                        ApplyWrites.Output.ResultsItem.CreateResult.class,
                        ApplyWrites.Output.ResultsItem.UpdateResult.class,
                        ApplyWrites.Output.ResultsItem.DeleteResult.class,
                        ApplyWrites.Output.ResultsItem.CreateResult.class);
        ApplyWrites.CreateResult first = ((ApplyWrites.Output.ResultsItem.CreateResult) results.get(0)).value();
        assertThat(first.cid()).isEqualTo(made.computeCid());
        assertThat(first.validationStatus()).isEqualTo(ApplyWrites.CreateResult.VALIDATION_STATUS_VALID);
        assertThat(Objects.requireNonNull(output.commit()).cid()).isEqualTo(latestCommit(client));
        assertThat(client.list(Post.RECORD).values())
                .extracting(Post::text)
                .containsExactlyInAnyOrder("made", "changed");
        assertThat(client.get(Profile.RECORD).value().displayName()).isEqualTo("all at once");
    }

    @Test
    void applyWrites_failureUndoesAll() {
        Client client = signedIn();
        RecordKey kept = key(client.create(Post.RECORD, post("kept")).uri());
        Cid commit = latestCommit(client);

        List<Consumer<Writes>> failing = List.of(
                writes -> writes.delete(Post.RECORD, RecordKey.of("3jzfcijpj2z2a")),
                writes -> writes.update(Post.RECORD, post("of nothing"), RecordKey.of("3jzfcijpj2z2a")),
                writes -> writes.create(Post.RECORD, post("there already"), kept));
        for (Consumer<Writes> fail : failing) {
            // The reference server has no error name for this.
            assertRejected(
                    500,
                    "InternalServerError",
                    () -> client.applyWrites(writes -> fail.accept(writes.create(Post.RECORD, post("undone")))));
        }
        LexMap tooLong = post("x".repeat(3001)).toLexMap();
        assertRejected(
                400,
                "InvalidRequest",
                () -> client.applyWrites(writes -> writes.delete(Post.RECORD, kept)
                        .add(ApplyWrites.Input.WritesItem.of(ApplyWrites.Create.builder()
                                .collection(Post.RECORD.collection())
                                .value(tooLong)
                                .build()))));

        assertThat(latestCommit(client)).isEqualTo(commit);
        assertThat(client.list(Post.RECORD).values()).extracting(Post::text).containsExactly("kept");
    }

    /** Returns the server's validation status for a record. {@code validate} may be null. */
    private static String checked(Client client, LexMap record, @Nullable Boolean validate, @Nullable String key) {
        try {
            CreateRecord.Output output = client.createRecord(record, options(o -> {
                        if (validate != null) {
                            o.validate(validate);
                        }
                        if (key != null) {
                            o.rkey(key);
                        }
                    }))
                    .body();
            return String.valueOf(output.validationStatus());
        } catch (XrpcResponseException e) {
            return e.status() + " " + e.error();
        }
    }

    @Test
    void validate_followsRequestAndKnownTypes() {
        Client client = signedIn();
        LexMap good = post("good").toLexMap();
        LexMap bad = good.toBuilder().put("text", "x".repeat(3001)).build();
        LexMap unknown = untyped("com.example.made.up").put("any", 1).build();

        assertThat(checked(client, good, null, null)).isEqualTo("valid");
        assertThat(checked(client, good, true, null)).isEqualTo("valid");
        assertThat(checked(client, good, false, null)).isEqualTo("null");
        assertThat(checked(client, bad, null, null)).isEqualTo("400 InvalidRequest");
        assertThat(checked(client, bad, true, null)).isEqualTo("400 InvalidRequest");
        assertThat(checked(client, bad, false, null)).isEqualTo("null");
        assertThat(checked(client, unknown, null, null)).isEqualTo("unknown");
        assertThat(checked(client, unknown, true, null)).isEqualTo("400 InvalidRequest");
        assertThat(checked(client, unknown, false, null)).isEqualTo("null");
    }

    @Test
    void validate_checksKeysOfKnownTypes() {
        Client client = signedIn();
        LexMap good = post("good").toLexMap();

        assertThat(checked(client, good, null, "not-a-tid")).isEqualTo("400 InvalidRequest");
        assertThat(checked(client, good, false, "not-a-tid")).isEqualTo("null");
        assertThat(checked(client, profile("x").toLexMap(), null, "other")).isEqualTo("400 InvalidRequest");
        assertThat(checked(client, untyped("com.example.made.up").build(), null, "any:thing-goes_~"))
                .isEqualTo("unknown");
    }

    @Test
    void validate_agreesWithServerOnAllKnownTypes() {
        Client client = signedIn();
        CreateRecord.Output post = client.create(Post.RECORD, post("liked"));
        Like like = Like.builder()
                .subject(StrongRef.builder().uri(post.uri()).cid(post.cid()).build())
                .createdAt(TIME)
                .build();

        assertThat(client.create(Like.RECORD, like).validationStatus()).isEqualTo("valid");
        for (LexMap wrong : List.of(
                untyped("app.bsky.feed.like").put("createdAt", TIME).build(),
                untyped("app.bsky.graph.follow")
                        .put("subject", "alice")
                        .put("createdAt", TIME)
                        .build(),
                untyped("app.bsky.graph.block")
                        .put("subject", "did:plc:x")
                        .put("createdAt", "yesterday")
                        .build(),
                untyped("app.bsky.graph.list")
                        .put("name", "")
                        .put("purpose", "app.bsky.graph.defs#curatelist")
                        .put("createdAt", TIME)
                        .build(),
                untyped("app.bsky.feed.repost")
                        .put("subject", 1)
                        .put("createdAt", TIME)
                        .build(),
                untyped("app.bsky.actor.profile")
                        .put("displayName", "x".repeat(641))
                        .build())) {
            String key = "app.bsky.actor.profile".equals(wrong.type()) ? "self" : null;
            assertThat(checked(client, wrong, null, key)).as(wrong.toJson()).isEqualTo("400 InvalidRequest");
        }
    }

    @Test
    void create_typeMustMatchCollection() {
        Client client = signedIn();
        assertRejected(
                400,
                "InvalidRequest",
                () -> client.call(
                        CreateRecord.PROCEDURE,
                        input -> input.repo(client.requireDid())
                                .collection("app.bsky.feed.like")
                                .record(post("a post among likes").toLexMap())));
    }
}
