package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests bodies that are built from arguments, and following the cursor. */
class CallArgumentsTest {
    private static final String CREATE = "com.atproto.repo.createRecord";
    private static final String COLLECTION = "collection=app.bsky.feed.post";
    private static final String CREATED = "record.createdAt=2026-01-01T00:00:00.000Z";

    @TempDir
    Path temp;

    private LocalPds pds;
    private TestAccount alice;
    private Cli cli;

    @BeforeEach
    void start() {
        pds = LocalPds.start();
        alice = pds.createAccount("alice.test", Cli.PASSWORD);
        cli = new Cli(temp.resolve("atlex"));
        cli.login(pds, "alice.test");
        pds.clearRequests();
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    private Cli.Result create(String... fields) {
        String[] args = new String[fields.length + 5];
        System.arraycopy(new String[] {"call", CREATE, "repo=alice.test", COLLECTION, CREATED}, 0, args, 0, 5);
        System.arraycopy(fields, 0, args, 5, fields.length);
        return cli.run(args);
    }

    private LexMap only() {
        return pds.records(alice.did(), "app.bsky.feed.post")
                .values()
                .iterator()
                .next();
    }

    @Nested
    class Fields {
        @Test
        void nestedTextAndJson_formTheBody() {
            create(
                            "record.text=a=b",
                            "record.langs[]=en",
                            "record.langs[]=de",
                            "record.tags:=[\"x\"]",
                            "record.reply.root.uri=at://did:web:a.test/app.bsky.feed.post/1",
                            "record.n:=3",
                            "validate=false")
                    .succeeds();
            LexMap record = only();
            assertThat(record.getString("text")).isEqualTo("a=b");
            assertThat(record.getArray("langs")).hasToString("[en, de]");
            assertThat(record.getArray("tags")).hasToString("[x]");
            assertThat(record.getInteger("n")).isEqualTo(3);
            assertThat(Objects.requireNonNull(record.getMap("reply")).toJson())
                    .isEqualTo("{\"root\":{\"uri\":\"at://did:web:a.test/app.bsky.feed.post/1\"}}");
        }

        @Test
        void elementsOfArrays_areObjects() {
            create(
                            "record.text=x",
                            "record.facets[0].index.byteStart:=0",
                            "record.facets[0].index.byteEnd:=1",
                            "record.facets[1].features[0].tag=t",
                            "validate=false")
                    .succeeds();
            assertThat(String.valueOf(only().get("facets")))
                    .isEqualTo("[{index={byteEnd=1, byteStart=0}}, {features=[{tag=t}]}]");
        }

        @Test
        void files_provideTextJsonOrWholeBody() throws IOException {
            Path text = Files.writeString(temp.resolve("text.txt"), "from a file");
            Path tags = Files.writeString(temp.resolve("tags.json"), "[\"a\",\"b\"]");
            Path body = Files.writeString(
                    temp.resolve("body.json"),
                    "{\"repo\":\"alice.test\",\"record\":{\"text\":\"old\",\"createdAt\":\"2026-01-01T00:00:00.000Z\"}}");
            cli.run("call", CREATE, "@" + body, COLLECTION, "record.text=@" + text, "record.tags:=@" + tags)
                    .succeeds();
            assertThat(only().getString("text")).isEqualTo("from a file");
            assertThat(only().getArray("tags")).hasToString("[a, b]");
            Path blob = Files.writeString(temp.resolve("a.txt"), "blob");
            cli.run("call", "com.atproto.repo.uploadBlob", "@" + blob).succeeds();
            assertThat(cli.runWith("{\"did\":\"did:web:a.test\"}", "call", "com.atproto.server.activateAccount", "@-")
                            .fails(2, "InvalidInput")
                            .err())
                    .contains("takes no input");
        }

        @Test
        void documentDeterminesTheType() {
            cli.run("call", "app.bsky.notification.putPreferences", "priority=true")
                    .succeeds();
            assertThat(cli.run("call", "app.bsky.notification.putPreferences", "priority=yes")
                            .fails(2, "InvalidInput")
                            .err())
                    .contains("priority: expected true or false (got \"yes\")");
            assertThat(pds.requests()).hasSize(1);
            assertThat(cli.run("call", "com.atproto.server.createInviteCode", "useCount=many")
                            .fails(2, "InvalidInput")
                            .err())
                    .contains("useCount: expected an integer");
            cli.run("call", "app.bsky.graph.muteThread", "root=nowhere").fails(2, "InvalidInput");
        }

        @Test
        void wrongArguments_sendNothing() throws IOException {
            assertThat(create("record.text:={\"a\":").fails(2, "InvalidInput").err())
                    .contains("record.text:=: ", "line 1, column");
            create("record.text=x", "record.text.more=y").fails(2, "Usage");
            assertThat(create("recrd.text=x").fails(2, "InvalidInput").err())
                    .contains("no field \"recrd\"", "did you mean record?");
            create("record..text=x").fails(2, "Usage");
            create("record.a[=x").fails(2, "Usage");
            create("record.list[2]=x").fails(2, "Usage");
            create("record.text=@" + temp.resolve("absent")).fails(2, "Storage");
            Path list = Files.writeString(temp.resolve("list.json"), "[1]");
            assertThat(create("@" + list).fails(2, "Usage").err()).contains("must be the first");
            assertThat(cli.run("call", CREATE, "@" + list, "repo=alice.test")
                            .fails(2, "InvalidInput")
                            .err())
                    .contains("expected a JSON object");
            cli.run("call", CREATE, "@" + list, "--input", "-").fails(2, "Usage");
            cli.run("call", "com.atproto.repo.uploadBlob", "@" + list, "@" + list)
                    .fails(2, "InvalidInput");
            cli.run("call", "com.atproto.server.describeServer", "@" + list).fails(2, "InvalidInput");
            assertThat(cli.runWith("{}", "call", CREATE, "repo=alice.test", "--input", "-")
                            .fails(2, "InvalidInput")
                            .err())
                    .contains("--input", "repo");
            assertThat(pds.requests()).isEmpty();
        }

        @Test
        void queryParameters_mayBeJson() {
            cli.run("call", "app.bsky.actor.getProfiles", "actors:=[\"alice.test\",\"bob.test\"]");
            assertThat(pds.requests().get(0).query()).isEqualTo("actors=alice.test&actors=bob.test");
            // A parameter is never read from a file.
            cli.run("call", "app.bsky.actor.getProfile", "actor=@alice.test").fails(2, "InvalidInput");
        }
    }

    @Nested
    class Paginate {
        private static final String LIST = "com.atproto.repo.listRecords";

        private Cli.Result list(String... options) {
            for (int i = 0;
                    i < 3 && pds.records(alice.did(), "app.bsky.feed.post").size() < 3;
                    i++) {
                create("record.text=" + i).succeeds();
            }
            String[] args = new String[options.length + 5];
            System.arraycopy(new String[] {"call", LIST, "repo=alice.test", COLLECTION, "limit=1"}, 0, args, 0, 5);
            System.arraycopy(options, 0, args, 5, options.length);
            return cli.run(args);
        }

        private long records(List<String> pages) {
            return pages.stream()
                    .map(page -> ((LexMap) dev.atlex.data.LexValue.parseJson(page)).getArray("records"))
                    .mapToLong(LexArray::size)
                    .sum();
        }

        @Test
        void eachPage_isOneLine() {
            List<String> pages = list("--paginate").succeeds().out().lines().toList();
            assertThat(pages).hasSizeBetween(3, 4);
            assertThat(records(pages)).isEqualTo(3);
        }

        @Test
        void limit_stopsReading() {
            pds.clearRequests();
            List<String> pages =
                    list("--paginate", "--limit", "2").succeeds().out().lines().toList();
            assertThat(records(pages)).isEqualTo(2);
            assertThat(pds.requests(LIST)).hasSize(2);
        }

        @Test
        void limit_cutsTheLastPage() {
            list();
            String page = cli.run("call", LIST, "repo=alice.test", COLLECTION, "--paginate", "--limit", "2")
                    .succeeds()
                    .out();
            assertThat(page).hasLineCount(1);
            assertThat(records(List.of(page))).isEqualTo(2);
        }

        @Test
        void wrongUse_isAUsageError() {
            cli.run("call", "com.atproto.server.describeServer", "--paginate").fails(2, "Usage");
            cli.run("call", CREATE, "repo=alice.test", COLLECTION, "record:={}", "--paginate")
                    .fails(2, "Usage");
            list("--limit", "2").fails(2, "Usage");
            list("--paginate", "--limit", "0").fails(2, "Usage");
            cli.run("call", LIST, "--unchecked", "--paginate").fails(2, "Usage");
        }
    }
}
