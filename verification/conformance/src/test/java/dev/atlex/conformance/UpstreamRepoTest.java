package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.Profile;
import app.bsky.feed.Post;
import com.atproto.repo.CreateRecord;
import dev.atlex.client.Client;
import dev.atlex.session.PasswordSession;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Verifies repositories and the firehose of {@link LocalPds} with upstream's {@code @atproto/repo}. */
@Tag("reference")
class UpstreamRepoTest {
    private final TypeScriptClient typeScript = new TypeScriptClient();
    private final LocalPds pds = LocalPds.start();
    private final TestAccount alice = pds.createAccount("alice.test", "alice-password");
    private final Client client =
            new Client(PasswordSession.login(pds.url().toString(), "alice.test", "alice-password"));
    private String key = "";

    @BeforeEach
    void findSigningKey() throws Exception {
        String document = HttpClient.newHttpClient()
                .send(
                        HttpRequest.newBuilder(URI.create(pds.plcUrl() + "/" + alice.did()))
                                .build(),
                        BodyHandlers.ofString())
                .body();
        List<?> methods = (List<?>) Json.object(document).get("verificationMethod");
        key = "did:key:" + ((Map<?, ?>) methods.get(0)).get("publicKeyMultibase");
    }

    @AfterEach
    void close() {
        pds.close();
    }

    private static Post post(String text) {
        return Post.builder().text(text).createdAt("2026-01-02T03:04:05.678Z").build();
    }

    private static String rkey(CreateRecord.Output created) {
        return String.valueOf(created.uri().recordKey());
    }

    @Test
    void wholeRepository_isVerified() {
        CreateRecord.Output last = client.create(Post.RECORD, post("first"));
        for (int i = 0; i < 50; i++) {
            last = client.create(Post.RECORD, post("number " + i));
        }
        client.delete(Post.RECORD, rkey(last));

        Map<String, Object> result = Json.object(typeScript.run(
                "ts-repo.mjs", "repo", pds.url().toString(), alice.did().toString(), key));

        assertThat(result).containsEntry("records", 50L);
    }

    @Test
    void proofs_areVerified() {
        String rkey = rkey(client.create(Post.RECORD, post("here")));
        client.create(Post.RECORD, post("another"));
        String[] arguments = {"record", pds.url().toString(), alice.did().toString(), key, "app.bsky.feed.post", rkey};

        assertThat(Json.object(typeScript.run("ts-repo.mjs", arguments))).containsEntry("found", true);
        arguments[5] = "absent";
        assertThat(Json.object(typeScript.run("ts-repo.mjs", arguments))).containsEntry("found", false);
    }

    @Test
    void eventsOfTheFirehose_areVerifiedAndCanBeUndone() {
        long cursor = pds.firehose().lastSeq();
        List<String> expected = new ArrayList<>();
        List<String> keys = new ArrayList<>();
        for (int i = 0; i < 60; i++) {
            String rkey = rkey(client.create(Post.RECORD, post("number " + i)));
            expected.add("create app.bsky.feed.post/" + rkey);
            keys.add(rkey);
        }
        for (String text : List.of("one", "two")) {
            client.put(Profile.RECORD, Profile.builder().displayName(text).build());
        }
        expected.add("create app.bsky.actor.profile/self");
        expected.add("update app.bsky.actor.profile/self");
        for (int i = 0; i < 60; i += 2) {
            client.delete(Post.RECORD, keys.get(i));
            expected.add("delete app.bsky.feed.post/" + keys.get(i));
        }

        String events = typeScript.run(
                "ts-repo.mjs",
                "stream",
                pds.url().toString(),
                key,
                Long.toString(cursor),
                Integer.toString(expected.size()));

        assertThat(Json.objects(events))
                .extracting(event -> ((List<?>) event.get("ops")).get(0))
                .isEqualTo(expected);
    }

    @Test
    void announcementOfAnAccount_isReadable() {
        String events = typeScript.run("ts-repo.mjs", "stream", pds.url().toString(), key, "0", "4");

        assertThat(Json.objects(events))
                .extracting(event -> event.get("type"))
                .containsExactly("#identity", "#account", "#commit", "#sync");
    }

    @Test
    void batchOfWrites_canBeUndone() {
        long cursor = pds.firehose().lastSeq();
        client.applyWrites(writes -> {
            for (int i = 0; i < 100; i++) {
                writes.create(Post.RECORD, post("batch " + i));
            }
        });

        String events = typeScript.run("ts-repo.mjs", "stream", pds.url().toString(), key, Long.toString(cursor), "1");

        assertThat((List<?>) Json.objects(events).get(0).get("ops")).hasSize(100);
    }
}
