package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.cli.runtime.CliEnvironment;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class ValidateTest {
    private static final String NOTE = "com.example.note";

    @TempDir
    Path temp;

    private Path lexicons;

    @BeforeEach
    void write() throws IOException {
        lexicons = Files.createDirectories(temp.resolve("lexicons").resolve("com"));
        Files.writeString(lexicons.resolve("note.json"), """
                {"lexicon":1,"id":"com.example.note","defs":{
                 "main":{"type":"record","key":"tid","record":{"type":"object","required":["text"],"properties":{
                  "text":{"type":"string","maxLength":5},
                  "at":{"type":"string","format":"datetime"},
                  "tags":{"type":"array","items":{"type":"ref","ref":"#tag"}}}}},
                 "tag":{"type":"object","required":["n"],"properties":{"n":{"type":"integer","maximum":9}}}}}
                """);
        Files.writeString(
                lexicons.resolve("list.json"),
                "{\"lexicon\":1,\"id\":\"com.example.list\",\"defs\":{\"main\":{\"type\":\"query\"}}}");
        Files.writeString(lexicons.resolve("lost.json"), """
                {"lexicon":1,"id":"com.example.lost","defs":{
                 "main":{"type":"record","key":"tid","record":{"type":"object","properties":{
                  "to":{"type":"ref","ref":"com.example.nowhere#thing"}}}}}}
                """);
    }

    private Cli.Result run(String input, String... more) {
        List<String> args = new ArrayList<>(List.of("validate", "--lexicons", temp.resolve("lexicons") + ""));
        args.addAll(List.of(more));
        return new Cli(temp.resolve("store")).runWith(input, args.toArray(new String[0]));
    }

    private static LexMap line(Cli.Result result, int index) {
        return (LexMap)
                LexValue.parseJson(result.succeeds().out().lines().toList().get(index));
    }

    @Test
    void records_areValidatedByTheirType() {
        Cli.Result result = run("{\"$type\":\"com.example.note\",\"text\":\"short\"}\n"
                + "\n"
                + "{\"$type\":\"com.example.note\",\"text\":\"too long\"}\r\n"
                + "{\"$type\":\"com.example.note\",\"text\":\"\",\"tags\":[{\"n\":1},{\"n\":10}]}\n"
                + "{\"$type\":\"com.example.note\",\"text\":\"\",\"more\":{}}");
        assertThat(result.succeeds().out().lines()).hasSize(4);
        assertThat(result.out().lines().toList().get(0)).isEqualTo("{\"valid\":true}");
        assertThat(line(result, 1).keySet()).containsExactly("valid", "path", "message");
        assertThat(line(result, 1).get("valid")).isEqualTo(LexBoolean.of(false));
        assertThat(line(result, 1).getString("path")).isEqualTo("$.text");
        assertThat(line(result, 1).getString("message")).contains("$.text", "5");
        assertThat(line(result, 2).getString("path")).isEqualTo("$.tags[1].n");
        assertThat(result.out().lines().toList().get(3)).isEqualTo("{\"valid\":true}");
    }

    @Test
    void record_withoutKnownType_isInvalid() {
        Cli.Result result = run("{\"text\":\"\"}\n"
                + "{\"$type\":\"com.example.unknown\"}\n"
                + "{\"$type\":7}\n"
                + "{\"$type\":\"com.example.note#tag\",\"n\":1}\n"
                + "[1]\n");
        for (int i : new int[] {0, 1, 3}) {
            assertThat(line(result, i).getString("path")).isEqualTo("$.$type");
        }
        assertThat(line(result, 2).getString("message")).contains("$type");
        assertThat(line(result, 1).getString("message")).contains("com.example.unknown");
        assertThat(line(result, 4).getString("path")).isEqualTo("$");
        assertThat(line(result, 4).getString("message")).contains("--def");
    }

    @Test
    void def_appliesToAllLines() {
        Cli.Result result = run("{\"n\":9}\n{\"n\":\"9\"}\n{}\n9", "--def", NOTE + "#tag");
        assertThat(result.succeeds().out()).startsWith("{\"valid\":true}\n");
        assertThat(line(result, 1).getString("path")).isEqualTo("$.n");
        assertThat(line(result, 2).getString("path")).isEqualTo("$.n");
        assertThat(line(result, 3).getString("path")).isEqualTo("$");
        assertThat(line(run("{\"$type\":\"com.example.note\",\"text\":\"\"}", "--def", NOTE), 0))
                .isEqualTo(LexMap.builder().put("valid", true).build());
    }

    @Test
    void malformedLine_isInvalidAndSkipped() {
        for (String[] definition : new String[][] {{}, {"--def", NOTE}}) {
            Cli.Result result = run(
                    "{\"$type\":\"com.example.note\",\"text\":\n"
                            + "{\"$type\":\"com.example.note\",\"text\":\"\",\"x\":{\"y\":1.5}}\n"
                            + "{\"$type\":\"com.example.note\",\"text\":\"\"} {}\n"
                            + "[".repeat(100_000) + "\n"
                            + "{\"$type\":\"com.example.note\",\"text\":\"\"}\n",
                    definition);
            assertThat(line(result, 0).getString("path")).startsWith("$");
            assertThat(line(result, 1).getString("path")).isEqualTo("$.x.y");
            assertThat(line(result, 2).getString("path")).isEqualTo("$");
            assertThat(line(result, 3).get("valid")).isEqualTo(LexBoolean.of(false));
            assertThat(result.out()).endsWith("\n{\"valid\":true}\n");
        }
    }

    @Test
    void lenient_acceptsFloatsAndLooseDatetimes() {
        String loose = "{\"$type\":\"com.example.note\",\"text\":\"\",\"at\":\"1985-04-12T23:20:50.123\",\"x\":1.5}";
        assertThat(line(run(loose), 0).get("valid")).isEqualTo(LexBoolean.of(false));
        assertThat(run(loose, "--lenient").succeeds().out()).isEqualTo("{\"valid\":true}\n");
        assertThat(line(run("{\"$type\":\"com.example.note\"}", "--lenient"), 0).getString("path"))
                .isEqualTo("$.text");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need privileges there")
    void lexicons_mayBeASymbolicLink() throws IOException {
        Path link = Files.createSymbolicLink(temp.resolve("link"), temp.resolve("lexicons"));
        new Cli(temp.resolve("store"))
                .runWith("{\"n\":1}", "validate", "--lexicons", link.toString(), "--def", NOTE + "#tag")
                .succeeds();
    }

    @Test
    void lexicons_invalid_fail() throws IOException {
        Path absent = temp.resolve("absent");
        Cli cli = new Cli(temp.resolve("store"));
        assertThat(cli.run("validate", "--lexicons", absent.toString())
                        .fails(2, "Storage")
                        .err())
                .contains(absent.toString());
        Path empty = Files.createDirectory(temp.resolve("empty"));
        assertThat(cli.run("validate", "--lexicons", empty.toString())
                        .fails(2, "InvalidInput")
                        .err())
                .contains("no documents in");
        Files.writeString(lexicons.resolve("wrong.json"), "{\"lexicon\":1,\"id\":\"com.example.wrong\",\"defs\":[]}");
        assertThat(run("").fails(2, "InvalidInput").err()).contains("wrong.json: $.defs");
    }

    @Test
    void bundledDocuments_needNoFolder() {
        Cli cli = new Cli(temp.resolve("store"));
        String post = "{\"$type\":\"app.bsky.feed.post\",\"createdAt\":\"2026-01-01T00:00:00Z\",\"text\":";
        Cli.Result result = cli.runWith(
                post + "\"hi\"}\n" + post + "1}\n{\"$type\":\"com.example.note\",\"text\":\"a\"}\n"
                        + "{\"$type\":\"app.bsky.feed.defs#postView\"}\n{\"$type\":\"../app\"}\n",
                "validate");

        assertThat(line(result, 0).get("valid")).isEqualTo(LexBoolean.of(true));
        assertThat(line(result, 1).getString("path")).isEqualTo("$.text");
        for (int i = 2; i <= 4; i++) {
            assertThat(line(result, i).getString("path")).isEqualTo("$.$type");
        }
        assertThat(cli.runWith("{\"uri\":\"at://x\"}", "validate", "--def", "com.atproto.repo.strongRef")
                        .succeeds()
                        .out())
                .contains("$.uri");
        cli.run("validate", "--def", "com.example.note").fails(2, "InvalidInput");
    }

    @Test
    void lexicons_takePrecedenceOverBundledDocuments() throws IOException {
        Files.writeString(lexicons.resolve("mine.json"), """
                {"lexicon":1,"id":"com.example.mine","defs":{"main":{"type":"record","key":"any","record":{
                 "type":"object","required":["of"],"properties":{
                  "of":{"type":"ref","ref":"com.atproto.repo.strongRef"},
                  "by":{"type":"ref","ref":"app.bsky.actor.defs#profileViewBasic"}}}}}}
                """);
        Files.writeString(lexicons.resolve("post.json"), """
                {"lexicon":1,"id":"app.bsky.feed.post","defs":{"main":{"type":"record","key":"any","record":{
                 "type":"object","properties":{"text":{"type":"integer"}}}}}}
                """);

        Cli.Result result = run("{\"$type\":\"com.example.mine\",\"of\":{\"uri\":\"x\"}}\n"
                + "{\"$type\":\"app.bsky.feed.post\",\"text\":1}\n"
                + "{\"$type\":\"app.bsky.feed.like\"}\n"
                + "{\"$type\":\"com.example.mine\",\"of\":{\"uri\":\"at://a.test/com.example.mine/1\",\"cid\":"
                + "\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\"}}\n");

        assertThat(line(result, 0).getString("path")).isEqualTo("$.of.uri");
        assertThat(line(result, 1).get("valid")).isEqualTo(LexBoolean.of(true));
        assertThat(line(result, 2).get("valid")).isEqualTo(LexBoolean.of(false));
        assertThat(line(result, 3).get("valid")).isEqualTo(LexBoolean.of(true));
    }

    @Test
    void lexicons_invalid_areNamedOrIgnored() throws IOException {
        Files.writeString(lexicons.resolve("a.json"), "{");
        Files.writeString(lexicons.resolve("b.json"), "{\"lexicon\":1,\"id\":\"com.example.b\"}");
        String note = "{\"$type\":\"com.example.note\",\"text\":\"\"}\n";

        Cli.Result strict = run(note);
        assertThat(strict.status()).isEqualTo(2);
        assertThat(strict.out()).isEmpty();
        assertThat(strict.err().lines())
                .hasSize(2)
                .allMatch(line -> line.startsWith("error: InvalidInput: "))
                .anyMatch(line -> line.contains("a.json: $"))
                .anyMatch(line -> line.contains("b.json: $.defs: "));
        Cli.Result lenient = run(note, "--ignore-errors");
        assertThat(lenient.status()).isZero();
        assertThat(lenient.out()).isEqualTo("{\"valid\":true}\n");
        assertThat(lenient.err().lines()).hasSize(2).allMatch(line -> line.startsWith("warning: "));
    }

    @Test
    void def_invalid_failsBeforeTheFirstLine() {
        String note = "{\"$type\":\"com.example.note\",\"text\":\"\"}\n";
        assertThat(run(note, "--def", NOTE + "#nothing")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("com.example.note#nothing");
        run(note, "--def", "com.example.list").fails(2, "InvalidInput");
        run(note, "--def", "").fails(2, "InvalidInput");
        Cli.Result lost = run(note, "--def", "com.example.lost").fails(2, "InvalidInput");
        assertThat(lost.err()).contains("$.defs.main.record.properties.to", "com.example.nowhere");
        assertThat(lost.out()).isEmpty();
    }

    @Test
    void record_withUnresolvedReference_endsCommand() {
        Cli.Result result = run("{\"$type\":\"com.example.note\",\"text\":\"\"}\n{\"$type\":\"com.example.lost\"}\n")
                .fails(2, "InvalidInput");
        assertThat(result.out()).isEqualTo("{\"valid\":true}\n");
        assertThat(result.err()).contains("line 2", "com.example.nowhere");
    }

    @Test
    void lines_areProcessedOneByOne() {
        byte[] record = ("{\"$type\":\"com.example.note\",\"text\":\"short\",\"pad\":\"" + "x".repeat(100_000)
                        + "\"}\n")
                .getBytes(java.nio.charset.StandardCharsets.UTF_8);
        // Together, the lines are longer than a single line may be. Each result is written before the next line is
        // read.
        int lines = 700;
        long[] written = {0};
        OutputStream out = new OutputStream() {
            @Override
            public void write(int b) {
                written[0] += b == '\n' ? 1 : 0;
            }
        };
        InputStream in = new InputStream() {
            private int given;

            @Override
            public int read() {
                int line = given / record.length;
                if (line == lines) {
                    return -1;
                }
                if (given % record.length == 0) {
                    assertThat(written[0]).isEqualTo(line);
                }
                return record[given++ % record.length];
            }
        };
        ByteArrayOutputStream err = new ByteArrayOutputStream();
        CliEnvironment environment = new CliEnvironment(
                Map.of(), in, new PrintStream(out), new PrintStream(err), () -> null, () -> false, () -> 0);
        assertThat(Main.run(environment, "validate", "--lexicons", lexicons.toString()))
                .isZero();
        assertThat(written[0]).isEqualTo(lines);
    }
}
