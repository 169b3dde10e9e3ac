package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code get} and {@code resolve}, which read without signing in. */
class RecordCommandsTest {
    @TempDir
    Path temp;

    private Network network;
    private TestAccount alice;
    private Cli cli;

    @BeforeEach
    void start() throws IOException {
        network = new Network();
        alice = network.pds.createAccount("alice.test", Cli.PASSWORD);
        network.txt.put("_atproto.alice.test", "did=" + alice.did());
        cli = new Cli(temp.resolve("atlex"));
    }

    @AfterEach
    void stop() {
        network.close();
    }

    private Cli.Result run(String... args) {
        return cli.run(network.args(args));
    }

    @Nested
    class ResolveCommand {
        @Test
        void handleAndDid_printTheAccount() {
            for (String account :
                    List.of("alice.test", "@alice.test", alice.did().toString())) {
                assertThat(run("resolve", account).succeeds().json())
                        .isEqualTo(LexMap.builder()
                                .put("did", alice.did().toString())
                                .put("handle", "alice.test")
                                .put("pds", network.pds.url().toString())
                                .build());
            }
        }

        @Test
        void document_printsTheDidDocument() {
            assertThat(run("resolve", "alice.test", "--document")
                            .succeeds()
                            .json()
                            .getString("id"))
                    .isEqualTo(alice.did().toString());
        }

        @Test
        void invalidOrUnknownAccount_isRefused() {
            assertThat(run("resolve", "alice").fails(2, "InvalidInput").err()).contains("alice");
            run("resolve", "nobody.test").fails(1, "HandleNotFound");
            run("resolve").fails(2, "Usage");
        }

        @Test
        void terminal_indentsJson() {
            cli.outIsTerminal = true;
            assertThat(run("resolve", "alice.test").succeeds().out()).startsWith("{\n  \"did\": \"did:plc:");
            assertThat(run("resolve", "alice.test", "--json").succeeds().out()).startsWith("{\"did\":\"did:plc:");
        }
    }

    @Nested
    class GetCommand {
        private String create(String text) {
            cli.runWith(
                    Cli.PASSWORD,
                    "login",
                    "alice.test",
                    "--service",
                    network.pds.url().toString());
            String input = "{\"repo\":\"" + alice.did() + "\",\"collection\":\"app.bsky.feed.post\",\"record\":"
                    + "{\"$type\":\"app.bsky.feed.post\",\"text\":\"" + text
                    + "\",\"createdAt\":\"2026-01-02T03:04:05Z\"}}";
            return String.valueOf(cli.runWith(input, "call", "com.atproto.repo.createRecord", "--input", "-")
                    .succeeds()
                    .json()
                    .getString("uri"));
        }

        @Test
        void record_isPrintedWithItsCid() {
            String uri = create("Hello");
            LexMap record = run("get", uri).succeeds().json();
            assertThat(record.getString("uri")).isEqualTo(uri);
            assertThat(((LexMap) record.get("value")).getString("text")).isEqualTo("Hello");
            String byHandle = uri.replace(alice.did().toString(), "alice.test");
            assertThat(run("get", byHandle).succeeds().json()).isEqualTo(record);
            String page = "https://bsky.app/profile/alice.test/post/" + uri.substring(uri.lastIndexOf('/') + 1);
            assertThat(run("get", page).succeeds().json()).isEqualTo(record);
            assertThat(run("get", uri, "--cid", String.valueOf(record.getString("cid")))
                            .succeeds()
                            .json())
                    .isEqualTo(record);
        }

        @Test
        void collection_listsRecordsUpToTheLimit() {
            for (int i = 0; i < 103; i++) {
                create("Post " + i);
            }
            String collection = "at://alice.test/app.bsky.feed.post";
            List<String> all = run("get", collection).succeeds().out().lines().toList();
            assertThat(all).hasSize(103).doesNotHaveDuplicates();
            assertThat(((LexMap) LexValue.parseJson(all.get(0))).get("value").toString())
                    .contains("Post 102");
            assertThat(run("get", collection, "--limit", "2").succeeds().out().lines())
                    .containsExactlyElementsOf(all.subList(0, 2));
        }

        @Test
        void repository_isDescribed() {
            assertThat(run("get", "at://alice.test").succeeds().json().getString("did"))
                    .isEqualTo(alice.did().toString());
        }

        @Test
        void wrongInput_isRefused() {
            run("get", "at://alice.test/app.bsky.feed.post/missing").fails(1, "RecordNotFound");
            run("get", "at://alice.test/not-an-nsid/x").fails(2, "InvalidInput");
            run("get", "at://alice.test/app.bsky.feed.post", "--limit", "0").fails(2, "Usage");
            run("get", "at://alice.test/app.bsky.feed.post", "--cid", "x").fails(2, "Usage");
        }
    }
}
