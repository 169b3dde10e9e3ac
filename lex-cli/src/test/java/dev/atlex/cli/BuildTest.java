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
    void thePrefixIsPutBeforeThePackages() throws IOException {
        run("--package-prefix", "org.test").succeeds();
        assertThat(Files.readString(out.resolve("org/test/com/example/Note.java")))
                .contains("package org.test.com.example;");
        run("--package-prefix", "org.class").fails(2, "InvalidInput");
        run("--package-prefix", "not a package").fails(2, "InvalidInput");
    }

    @Test
    void onlyWhatIsIncludedAndNotExcludedBecomesJava() {
        run("--include", "com.example.*", "--exclude", "com.example.other").succeeds();
        assertThat(out.resolve("com/example/Note.java")).exists();
        assertThat(out.resolve("com/example/Other.java")).doesNotExist();
        assertThat(run("--include", "com.nowhere.*").fails(2, "InvalidInput").err())
                .contains("com.nowhere.*");
    }

    @Test
    void whatCannotBecomeJavaIsWrongInputAndNothingIsWritten() throws IOException {
        document("lost", "{\"to\":{\"type\":\"ref\",\"ref\":\"com.nowhere.thing\"}}");
        assertThat(run().fails(2, "InvalidInput").err()).contains("com.nowhere.thing", "lost");
        assertThat(out).doesNotExist();
        Files.writeString(lexicons.resolve("lost.json"), "{");
        assertThat(run().fails(2, "InvalidInput").err()).contains("lost.json");
        assertThat(out).doesNotExist();
    }

    @Test
    void aFolderWithoutDocumentsDoesNotRemoveWhatWasWritten() throws IOException {
        run().succeeds();
        Files.delete(lexicons.resolve("note.json"));
        Files.delete(lexicons.resolve("other.json"));
        assertThat(run().fails(2, "InvalidInput").err()).contains("no document in");
        Files.delete(lexicons);
        assertThat(run().fails(2, "Storage").err()).contains(lexicons.toString());
        assertThat(out.resolve("com/example/Note.java")).exists();
    }

    @Test
    void whatCannotBeWrittenToIsAFailure() throws IOException {
        Files.writeString(out, "a file where the folder should be");
        run().fails(2, "InvalidInput");
        new Cli(temp.resolve("store")).run("build", "--lexicons", lexicons + "").fails(2, "Usage");
        new Cli(temp.resolve("store")).run("build", "--out", out + "").fails(2, "Usage");
    }
}
