package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.cli.runtime.Terminal;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InstallTest {
    @TempDir
    Path temp;

    private Network network;
    private TestAccount publisher;
    private Cli cli;
    private Path lexicons;
    private Path manifest;

    @BeforeEach
    void publish() throws IOException {
        network = new Network();
        publisher = network.pds.createAccount("publisher.test", Cli.PASSWORD);
        network.txt.put("_lexicon.example.com", "did=" + publisher.did());
        cli = new Cli(temp.resolve("atlex"));
        cli.login(network.pds, "publisher.test");
        put("a", "{\"to\":{\"type\":\"ref\",\"ref\":\"com.example.b\"}}");
        put("b", "{}");
        lexicons = temp.resolve("lexicons");
        manifest = temp.resolve("lexicons.json");
    }

    @AfterEach
    void stop() {
        network.close();
    }

    private void put(String name, String properties) {
        String nsid = "com.example." + name;
        String record = "{\"$type\":\"com.atproto.lexicon.schema\",\"lexicon\":1,\"id\":\"" + nsid
                + "\",\"defs\":{\"main\":{\"type\":\"object\",\"properties\":" + properties + "}}}";
        cli.runWith(
                        "{\"repo\":\"" + publisher.did()
                                + "\",\"collection\":\"com.atproto.lexicon.schema\",\"rkey\":\"" + nsid
                                + "\",\"validate\":false,\"record\":" + record + "}",
                        "call",
                        "com.atproto.repo.putRecord",
                        "--input",
                        "-")
                .succeeds();
    }

    private Cli.Result run(String... more) {
        List<String> args =
                new ArrayList<>(List.of("install", "--lexicons", lexicons + "", "--manifest", manifest + ""));
        args.addAll(List.of(more));
        return cli.run(network.args(args.toArray(new String[0])));
    }

    @Test
    void install_fetchesAndPinsADocumentAndItsReferences() throws IOException {
        assertThat(run("com.example.a").succeeds().out())
                .isEqualTo("{\"fetched\":[\"com.example.a\",\"com.example.b\"],\"pinned\":2}\n");
        assertThat(lexicons.resolve("com/example/b.json")).exists();
        assertThat(Files.readString(manifest)).contains("at://" + publisher.did() + "/com.atproto.lexicon.schema/");
        assertThat(run().succeeds().out()).isEqualTo("{\"fetched\":[],\"pinned\":2}\n");
        Files.delete(lexicons.resolve("com/example/b.json"));
        assertThat(run("--ci").succeeds().out()).startsWith("{\"fetched\":[\"com.example.b\"]");
    }

    @Test
    void install_onTerminal_showsProgress() {
        cli.terminal = new Terminal() {
            @Override
            public String readLine(String prompt) {
                throw new AssertionError(prompt);
            }

            @Override
            public String readPassword(String prompt) {
                throw new AssertionError(prompt);
            }
        };
        Cli.Result result = run("com.example.a");

        assertThat(result.err().lines()).containsExactly("fetching com.example.a", "fetching com.example.b");
        assertThat(result.out()).startsWith("{\"fetched\":").hasLineCount(1);
        assertThat(run().err()).isEmpty();
    }

    @Test
    void ci_changedDocument_failsUntilUpdated() throws IOException {
        run("com.example.a").succeeds();
        put("b", "{\"new\":{\"type\":\"string\"}}");
        Files.delete(lexicons.resolve("com/example/b.json"));
        assertThat(run("--ci").fails(2, "InvalidInput").err()).contains("com.example.b", "pinned as");
        assertThat(run("--update").succeeds().out()).contains("com.example.b");
        run("--ci").succeeds();
    }

    @Test
    void install_notFound_reportsCodeOfCause() {
        assertThat(run("com.example.absent").fails(1, "RecordNotFound").err()).contains("com.example.absent");
        assertThat(run("org.nowhere.thing").fails(1, "AuthorityNotFound").err()).contains("org.nowhere.thing");
        network.pds.close();
        run("com.example.a").fails(4, "Network");
        assertThat(lexicons).doesNotExist();
        assertThat(manifest).doesNotExist();
    }

    @Test
    void install_invalidUse_fails() throws IOException {
        run("--ci").fails(2, "InvalidInput");
        run("--ci", "com.example.a").fails(2, "Usage");
        run("--ci", "--update").fails(2, "Usage");
        run("nonsense").fails(2, "InvalidInput");
        run("at://publisher.test/com.atproto.lexicon.schema/com.example.a").fails(2, "InvalidInput");
        Files.writeString(manifest, "{");
        assertThat(run().fails(2, "InvalidInput").err()).contains("lexicons.json");
        Files.delete(manifest);
        Files.writeString(lexicons, "a file where the folder should be");
        run("com.example.a").fails(2, "Storage");
    }

    @Test
    void install_beyondALimit_namesItsOption() {
        put("b", "{\"to\":{\"type\":\"ref\",\"ref\":\"com.example.c\"}}");
        put("c", "{\"to\":{\"type\":\"ref\",\"ref\":\"com.example.a\"}}");

        assertThat(run("com.example.a", "--max-documents", "1")
                        .fails(2, "LimitExceeded")
                        .err())
                .contains(
                        "com.example.c (com.example.b refers to it)",
                        "more than 1 referenced documents",
                        "(--max-documents)");
        assertThat(run("com.example.a", "--max-depth", "1")
                        .fails(2, "LimitExceeded")
                        .err())
                .contains("(--max-depth)");
        assertThat(run("com.example.a", "--max-bytes", "100")
                        .fails(2, "LimitExceeded")
                        .err())
                .contains("(--max-bytes)");
        run("com.example.a", "--max-documents", "0").fails(2, "Usage");
        assertThat(lexicons).doesNotExist();
        assertThat(run("com.example.a", "--max-documents", "2").succeeds().out())
                .contains("\"pinned\":3");
    }

    @Test
    void install_reportsEachFailedDocument() {
        put("a", "{\"to\":{\"type\":\"union\",\"refs\":[\"com.example.gone\",\"com.example.lost\"]}}");

        Cli.Result result = run("com.example.a");

        assertThat(result.status()).isEqualTo(1);
        assertThat(result.err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("error: RecordNotFound: com.example."));
    }
}
