package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class BuildTest {
    @TempDir
    Path temp;

    private Path lexicons;
    private Path out;

    @BeforeEach
    void write() throws IOException {
        lexicons = Files.createDirectory(temp.resolve("lexicons"));
        out = temp.resolve("out");
        document("note", "{\"to\":{\"type\":\"ref\",\"ref\":\"com.example.other\"}}");
        document("other", "{}");
    }

    private void document(String name, String properties) throws IOException {
        Files.writeString(
                lexicons.resolve(name + ".json"),
                "{\"lexicon\":1,\"id\":\"com.example." + name
                        + "\",\"defs\":{\"main\":{\"type\":\"object\",\"properties\":" + properties + "}}}");
    }

    private Cli.Result run(String... more) {
        List<String> args = new ArrayList<>(List.of("build", "--lexicons", lexicons + "", "--out", out + ""));
        args.addAll(List.of(more));
        return new Cli(temp.resolve("store")).run(args.toArray(new String[0]));
    }

    @Test
    void writesAClassForEachDocument() throws IOException {
        assertThat(run().succeeds().out()).isEqualTo("{\"documents\":2,\"types\":2,\"written\":3}\n");
        assertThat(Files.readString(out.resolve("com/example/Note.java")))
                .contains("package com.example;", "public final class Note ");
        assertThat(run().succeeds().out()).endsWith("\"written\":0}\n");
        Files.delete(lexicons.resolve("note.json"));
        run().succeeds();
        assertThat(out.resolve("com/example/Note.java")).doesNotExist();
    }

    @Test
    void packagePrefix_isPrependedToPackages() throws IOException {
        run("--package-prefix", "org.test").succeeds();
        assertThat(Files.readString(out.resolve("org/test/com/example/Note.java")))
                .contains("package org.test.com.example;");
        run("--package-prefix", "org.class").fails(2, "InvalidInput");
        run("--package-prefix", "not a package").fails(2, "InvalidInput");
    }

    @Test
    void prose_becomesJavadoc() throws IOException {
        Path prose = Files.createDirectory(temp.resolve("prose"));
        Path words = Files.createDirectories(prose.resolve("com/example")).resolve("note.json");
        Files.writeString(words, "{\"main\":\"A note of a walk.\",\"main/to\":\"Old link; use `from` instead.\"}");
        Path deprecations = Files.writeString(
                temp.resolve("deprecated.json"), "{\"documents\":{\"com.example.note\":[\"main/to\"]}}");

        run("--prose", prose + "", "--deprecations", deprecations + "").succeeds();

        assertThat(Files.readString(out.resolve("com/example/Note.java")))
                .contains("A note of a walk.", "@Deprecated", "@deprecated");
    }

    @Test
    void invalidProse_fails() throws IOException {
        Path prose = Files.createDirectory(temp.resolve("prose"));
        Files.writeString(prose.resolve("nothing.json"), "{\"main\":\"Describes no document.\"}");

        assertThat(run("--prose", prose + "").fails(2, "InvalidInput").err()).contains("nothing.json");
        assertThat(run("--prose", temp.resolve("missing") + "")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("folder of prose not found");
        run("--deprecations", temp.resolve("missing") + "").fails(2, "InvalidInput");
        assertThat(out).doesNotExist();
    }

    @Test
    void include_and_exclude_selectDocuments() {
        run("--include", "com.example.*", "--exclude", "com.example.other").succeeds();
        assertThat(out.resolve("com/example/Note.java")).exists();
        assertThat(out.resolve("com/example/Other.java")).doesNotExist();
        assertThat(run("--include", "com.nowhere.*").fails(2, "InvalidInput").err())
                .contains("com.nowhere.*");
    }

    @Test
    void build_invalidDocument_writesNothing() throws IOException {
        document("lost", "{\"to\":{\"type\":\"ref\",\"ref\":\"com.nowhere.thing\"}}");
        assertThat(run().fails(2, "InvalidInput").err()).contains("com.nowhere.thing", "lost");
        assertThat(out).doesNotExist();
        Files.writeString(lexicons.resolve("lost.json"), "{");
        assertThat(run().fails(2, "InvalidInput").err()).contains("lost.json");
        assertThat(out).doesNotExist();
    }

    @Test
    void build_emptyFolder_keepsEarlierSources() throws IOException {
        run().succeeds();
        Files.delete(lexicons.resolve("note.json"));
        Files.delete(lexicons.resolve("other.json"));
        assertThat(run().fails(2, "InvalidInput").err()).contains("no documents in");
        Files.delete(lexicons);
        assertThat(run().fails(2, "Storage").err()).contains(lexicons.toString());
        assertThat(out.resolve("com/example/Note.java")).exists();
    }

    @Test
    void build_invalidFolders_fail() throws IOException {
        Files.writeString(out, "a file where the folder should be");
        run().fails(2, "InvalidInput");
        new Cli(temp.resolve("store")).run("build", "--lexicons", lexicons + "").fails(2, "Usage");
        new Cli(temp.resolve("store")).run("build", "--out", out + "").fails(2, "Usage");
    }

    @Test
    void referencesToBundledDocumentsResolve() throws IOException {
        document("mine", """
                {"of":{"type":"ref","ref":"com.atproto.repo.strongRef"},
                 "by":{"type":"array","items":{"type":"ref","ref":"app.bsky.actor.defs#profileViewBasic"}},
                 "any":{"type":"union","refs":["chat.bsky.convo.defs#messageView","com.example.other"]}}""");

        assertThat(run("--package-prefix", "org.test").succeeds().out()).startsWith("{\"documents\":3,\"types\":3,");

        assertThat(Files.readString(out.resolve("org/test/com/example/Mine.java")))
                .contains("import com.atproto.repo.StrongRef;", "import app.bsky.actor.ActorDefs;");
        assertThat(out.resolve("org/test/com/atproto")).doesNotExist();
        document("mine", "{\"of\":{\"type\":\"ref\",\"ref\":\"com.atproto.repo.strongRef#nope\"}}");
        assertThat(run().fails(2, "InvalidInput").err())
                .contains(
                        "unresolved reference \"com.atproto.repo.strongRef#nope\": not defined in com.atproto.repo.strongRef");
    }

    @Test
    void copyOfBundledDocumentIsGenerated() throws IOException {
        Path copy = lexicons.resolve("com/atproto/repo/strongRef.json");
        Files.createDirectories(copy.getParent());
        Files.copy(Path.of("../../lexicons/documents/com/atproto/repo/strongRef.json"), copy);

        run().succeeds();

        assertThat(out.resolve("com/atproto/repo/StrongRef.java")).exists();
    }

    @Test
    void eachProblemIsALineAndCanBeIgnored() throws IOException {
        document("lost", "{\"to\":{\"type\":\"ref\",\"ref\":\"com.nowhere.thing\"}}");
        document("wrong", "{\"to\":{\"type\":\"strnig\"},\"too\":{\"type\":\"refs\"}}");
        Files.writeString(lexicons.resolve("broken.json"), "{");

        Cli.Result strict = run();
        assertThat(strict.status()).isEqualTo(2);
        assertThat(strict.out()).isEmpty();
        assertThat(strict.err().lines())
                .hasSize(4)
                .isSorted()
                .allMatch(line -> line.startsWith("error: InvalidInput: "))
                .anyMatch(line -> line.contains("lost.json: com.example.lost.to: unresolved reference"))
                .anyMatch(line -> line.contains("wrong.json: $.defs.main.properties.too.type: expected"));
        assertThat(out).doesNotExist();
        Cli.Result lenient = run("--ignore-errors");
        assertThat(lenient.status()).isZero();
        assertThat(lenient.json().getInteger("documents")).isEqualTo(3);
        assertThat(lenient.err().lines()).hasSize(4).allMatch(line -> line.startsWith("warning: "));
        assertThat(out.resolve("com/example/Note.java")).exists();
        assertThat(out.resolve("com/example/Wrong.java")).doesNotExist();
    }

    @Test
    void excludedDocumentsMayBeBroken() throws IOException {
        document("wrong", "{\"to\":{\"type\":\"strnig\"}}");
        Files.createDirectories(lexicons.resolve("com/example"));
        Files.writeString(lexicons.resolve("com/example/broken.json"), "<html>");

        run("--exclude", "com.example.wrong", "--exclude", "com.example.broken").succeeds();
        run("--exclude", "wrong.json", "--exclude", "com/example/broken.json").succeeds();
    }
}
