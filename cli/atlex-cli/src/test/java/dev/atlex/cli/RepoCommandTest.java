package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.repo.CarWriter;
import dev.atlex.repo.Commit;
import dev.atlex.repo.Mst;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Tid;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code repo ls} and {@code repo unpack}. */
class RepoCommandTest {
    private static final Did DID = Did.of("did:plc:z72i7hdynmk6r22z27h6tvur");
    private static final String POST = "app.bsky.feed.post/3jzfcijpj2z2a";

    @TempDir
    Path temp;

    private final Map<Cid, byte[]> blocks = new LinkedHashMap<>();
    private final Map<String, Cid> tree = new TreeMap<>();

    private Cli cli() {
        return new Cli(temp.resolve("atlex"));
    }

    private static LexMap record(String text) {
        return LexMap.builder().put("text", text).build();
    }

    private RepoCommandTest with(String key, byte[] block) {
        Cid cid = Cid.ofDagCbor(block);
        blocks.put(cid, block);
        tree.put(key, cid);
        return this;
    }

    private RepoCommandTest with(String key, String text) {
        return with(key, record(text).toCbor());
    }

    private Path file() throws IOException {
        Mst mst = Mst.of(tree);
        mst.forEachNode(blocks::put);
        Commit commit = Commit.sign(DID, mst.root(), Tid.of("3jzfcijpj2z2a"), P256PrivateKey.generate());
        blocks.put(commit.cid(), commit.block());
        return Files.write(temp.resolve("repo.car"), CarWriter.toBytes(commit.cid(), blocks));
    }

    private String run(String... args) {
        return cli().run(args).succeeds().out();
    }

    @Nested
    class Ls {
        @Test
        void file_printsARecordPerLine() throws IOException {
            String car = with(POST, "hi")
                    .with("app.bsky.actor.profile/self", "me")
                    .file()
                    .toString();

            List<String> lines = run("repo", "ls", car).lines().toList();

            assertThat(lines).hasSize(2);
            assertThat(LexValue.parseJson(lines.get(1)))
                    .isEqualTo(LexMap.builder()
                            .put("uri", "at://" + DID + "/" + POST)
                            .put("cid", record("hi").cid().toString())
                            .put("bytes", record("hi").toCbor().length)
                            .build());
            assertThat(run("repo", "ls", car, "--collection", "app.bsky.actor.profile"))
                    .isEqualTo(lines.get(0) + "\n");
        }

        @Test
        void terminal_getsATable() throws IOException {
            Cli cli = cli();
            cli.outIsTerminal = true;

            assertThat(cli.run("repo", "ls", with(POST, "hi").file().toString())
                            .succeeds()
                            .out()
                            .lines())
                    .satisfiesExactly(
                            heading -> assertThat(heading).matches("COLLECTION +KEY +BYTES +CID"),
                            row -> assertThat(row).startsWith("app.bsky.feed.post  3jzfcijpj2z2a  "));
        }

        @Test
        void account_isReadFromItsServer() throws IOException {
            try (Network network = new Network()) {
                TestAccount alice = network.pds.createAccount("alice.test", Cli.PASSWORD);
                network.txt.put("_atproto.alice.test", "did=" + alice.did());
                Cli cli = cli();
                cli.runWith(
                                Cli.PASSWORD + "\n",
                                "login",
                                "--service",
                                network.pds.url().toString(),
                                "alice.test")
                        .succeeds();
                cli.run("post", "hello").succeeds();

                assertThat(cli.run(network.args("repo", "ls", "alice.test"))
                                .succeeds()
                                .out())
                        .startsWith("{\"uri\":\"at://" + alice.did() + "/app.bsky.feed.post/");
                network.pds.deactivate(alice.did());
                cli.run(network.args("repo", "ls", "alice.test")).fails(1, "RepoDeactivated");
            }
        }

        @Test
        void invalidFiles_areRejectedWithTheOffset() throws IOException {
            Path car = with(POST, "hi").file();
            byte[] bytes = Files.readAllBytes(car);
            Files.write(car, Arrays.copyOf(bytes, bytes.length - 1));

            assertThat(cli().run("repo", "ls", car.toString())
                            .fails(2, "InvalidInput")
                            .err())
                    .contains("CAR: truncated", "at byte ");
            Files.write(car, new byte[0]);
            assertThat(cli().run("repo", "ls", car.toString())
                            .fails(2, "InvalidInput")
                            .err())
                    .contains("CAR: empty");
            assertThat(cli().run("repo", "ls", "no such file")
                            .fails(2, "InvalidInput")
                            .err())
                    .contains("no such file, and not a handle or DID");
        }

        @Test
        void usage_isChecked() throws IOException {
            String car = with(POST, "hi").file().toString();

            cli().run("repo", "ls", car, "folder").fails(2, "Usage");
            cli().run("repo", "pack", car).fails(2, "Usage");
            cli().run("repo", "ls").fails(2, "Usage");
        }
    }

    @Nested
    class Unpack {
        private Path folder = temp;

        @BeforeEach
        void nameFolder() {
            folder = temp.resolve("records");
        }

        private List<String> files() throws IOException {
            try (Stream<Path> files = Files.walk(folder)) {
                return files.filter(Files::isRegularFile)
                        .map(file -> folder.relativize(file).toString())
                        .sorted()
                        .toList();
            }
        }

        @Test
        void records_becomeFiles() throws IOException {
            String car = with(POST, "hi \u00fc")
                    .with("app.bsky.actor.profile/self", "me")
                    .file()
                    .toString();

            LexMap result = (LexMap) LexValue.parseJson(run("repo", "unpack", car, folder.toString()));

            assertThat(result).containsOnlyKeys("did", "rev", "commit", "folder", "records", "skipped");
            assertThat(result.getInteger("records")).isEqualTo(2);
            assertThat(files()).containsExactly("app.bsky.actor.profile/self.json", POST + ".json");
            assertThat(Files.readString(folder.resolve(POST + ".json"), UTF_8)).isEqualTo("{\"text\":\"hi \u00fc\"}\n");
        }

        /** Keys that are valid in a tree, but would lead to unexpected files. */
        @Test
        void keysThatArePaths_areSkipped() throws IOException {
            with(POST, "good")
                    .with("../..", "up")
                    .with("app.bsky.feed.post/..", "parent")
                    .with(".ssh/config", "hidden");
            String car = file().toString();

            Cli.Result result = cli().run("repo", "unpack", car, folder.toString());

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err().lines())
                    .hasSize(3)
                    .allMatch(line -> line.startsWith("warning: skipped: not a valid record path (got \""));
            assertThat(((LexMap) LexValue.parseJson(result.out())).getInteger("skipped"))
                    .isEqualTo(3);
            assertThat(files()).containsExactly(POST + ".json");
            try (Stream<Path> all = Files.list(temp)) {
                assertThat(all).containsExactlyInAnyOrder(folder, temp.resolve("repo.car"));
            }
        }

        @Test
        void blockThatIsNoRecord_isSkipped() throws IOException {
            String car = with(POST, new byte[] {(byte) 0xff}).file().toString();

            Cli.Result result = cli().run("repo", "unpack", car, folder.toString());

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err()).contains("skipped: " + POST + " isn't a record");
        }

        @Test
        void longKey_isNamedByItsCid() throws IOException {
            String car =
                    with("com.example.thing/" + "k".repeat(400), "long").file().toString();

            Cli.Result result = cli().run("repo", "unpack", car, folder.toString());

            assertThat(result.status()).isZero();
            assertThat(files())
                    .containsExactly("com.example.thing/" + record("long").cid() + ".json");
        }

        @Test
        void namesThatWindowsReserves_areEncoded() throws IOException {
            String car = with("com.example.thing/did:web:example.com", "colon")
                    .with("com.example.thing/NUL", "device")
                    .with("com.example.thing/nul.txt", "device with an extension")
                    .with("com.example.thing/null", "no device")
                    .with("aux.example.thing/a", "folder")
                    .file()
                    .toString();

            run("repo", "unpack", car, folder.toString());

            assertThat(files())
                    .containsExactlyInAnyOrder(
                            "com.example.thing/did%3Aweb%3Aexample.com.json",
                            "com.example.thing/%4EUL.json",
                            "com.example.thing/%6Eul.txt.json",
                            "com.example.thing/null.json",
                            "%61ux.example.thing/a.json");
        }

        @Test
        void sameFileName_getsANumber() throws IOException {
            for (String letter : List.of("a", "b", "c")) {
                with("com.example.thing/" + letter.repeat(400), "same");
            }
            String cid = record("same").cid().toString();

            Cli.Result result = cli().run("repo", "unpack", file().toString(), folder.toString());

            assertThat(result.status()).isZero();
            assertThat(files())
                    .containsExactlyInAnyOrder(
                            "com.example.thing/" + cid + ".json",
                            "com.example.thing/" + cid + " (2).json",
                            "com.example.thing/" + cid + " (3).json");
            assertThat(result.err()).contains("written to " + cid + " (3).json instead: com.example.thing/ccc");
        }

        @Test
        void collectionTooLongForAFolder_isSkipped() throws IOException {
            String label = "a".repeat(60) + ".";
            String car = with("com." + label.repeat(4) + "thing/a", "long")
                    .with(POST, "good")
                    .file()
                    .toString();

            Cli.Result result = cli().run("repo", "unpack", car, folder.toString());

            assertThat(result.status()).isEqualTo(2);
            assertThat(result.err()).contains("skipped: the collection's name is too long for a folder");
            assertThat(files()).containsExactly(POST + ".json");
        }

        @Test
        void folderWithFiles_isLeftAlone() throws IOException {
            String car = with(POST, "hi").file().toString();
            Files.createDirectories(folder);
            Files.createSymbolicLink(folder.resolve("app.bsky.feed.post"), temp);

            assertThat(cli().run("repo", "unpack", car, folder.toString())
                            .fails(2, "InvalidInput")
                            .err())
                    .contains("isn't empty");
            assertThat(Files.exists(temp.resolve("3jzfcijpj2z2a.json"))).isFalse();
        }
    }
}
