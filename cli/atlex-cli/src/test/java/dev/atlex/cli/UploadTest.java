package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import dev.atlex.testkit.LocalPds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class UploadTest {
    @TempDir
    Path temp;

    private LocalPds pds;
    private Cli cli;

    @BeforeEach
    void start() {
        pds = LocalPds.start();
        pds.createAccount("alice.test", Cli.PASSWORD);
        cli = new Cli(temp.resolve("atlex"));
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    @Test
    void file_printsTheBlob() throws IOException {
        cli.login(pds, "alice.test");
        Path file = Files.writeString(temp.resolve("captions.vtt"), "WEBVTT\n");
        LexMap blob = cli.run("upload", file.toString()).succeeds().json();
        assertThat(blob.getString("$type")).isEqualTo("blob");
        assertThat(blob.get("size")).hasToString("7");
        LexMap typed = cli.run("upload", file.toString(), "--encoding", "text/vtt")
                .succeeds()
                .json();
        assertThat(typed.getString("mimeType")).isEqualTo("text/vtt");
        assertThat(cli.runWith("WEBVTT\n".getBytes(UTF_8), "upload", "-", "--encoding", "text/vtt")
                        .succeeds()
                        .json())
                .isEqualTo(typed);
    }

    @Test
    void wrongInput_isRefused() {
        cli.runWith("x", "upload", "-").fails(3, "NotSignedIn");
        cli.login(pds, "alice.test");
        cli.run("upload", temp.resolve("missing").toString()).fails(2, "InvalidInput");
        cli.run("upload", temp.toString()).fails(2, "InvalidInput");
        cli.run("upload", "-", "--timeout", "0").fails(2, "Usage");
        cli.run("upload", "-", "--encoding", "x").fails(2, "InvalidInput");
        cli.run("upload").fails(2, "Usage");
    }
}
