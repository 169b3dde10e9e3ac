package dev.atlex.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.transport.Transport;
import dev.atlex.installer.InstallException;
import dev.atlex.installer.LexiconNetwork;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.maven.plugin.MojoFailureException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the goal's parameters with a network on which every lookup fails. */
class InstallMojoTest {
    private static final String EMPTY = "{\"version\":1,\"lexicons\":[],\"resolutions\":{}}";

    @TempDir
    Path temp;

    private final InstallMojo mojo = new InstallMojo();

    @BeforeEach
    void defaults() {
        mojo.lexicons = temp.resolve("lexicons").toFile();
        mojo.manifest = temp.resolve("lexicons.json").toFile();
        mojo.network = new LexiconNetwork(
                nsid -> {
                    throw new InstallException("no DNS record for " + nsid);
                },
                did -> {
                    throw new InstallException("no server for " + did);
                },
                Transport.jdk());
    }

    @Test
    void additionsAreLookedUp() {
        mojo.add = List.of("com.example.thing");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("com.example.thing: no DNS record for com.example.thing");
    }

    @Test
    void invalidAdditionFailsTheBuild() {
        mojo.add = List.of("nonsense");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining("\"nonsense\"");
    }

    @Test
    void emptyManifestIsInstalledAndVerified() throws Exception {
        Files.writeString(temp.resolve("lexicons.json"), EMPTY);

        mojo.execute();
        mojo.ci = true;
        mojo.execute();

        assertThat(temp.resolve("lexicons")).doesNotExist();
    }

    @Test
    void ciWithoutManifest_fails() {
        mojo.ci = true;

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(temp.resolve("lexicons.json") + ": file not found");
    }

    @Test
    void update_fetchesAgain() throws IOException {
        Files.createDirectories(temp.resolve("lexicons"));
        Files.writeString(
                temp.resolve("lexicons/thing.json"),
                "{\"lexicon\":1,\"id\":\"com.example.thing\",\"defs\":{\"main\":{\"type\":\"token\"}}}");
        Files.writeString(
                temp.resolve("lexicons.json"),
                "{\"version\":1,\"lexicons\":[\"com.example.thing\"],\"resolutions\":{\"com.example.thing\":{"
                        + "\"uri\":\"at://did:web:example.com/com.atproto.lexicon.schema/com.example.thing\","
                        + "\"cid\":\"bafyreiefw6mzcq5mudsjz4zgt7xzwjsw7a3mdpbpvl3wqzaphpz2f7mdru\"}}}");
        mojo.update = true;

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("com.example.thing: no server for did:web:example.com");
    }

    @Test
    void ciWithUpdate_fails() {
        mojo.ci = true;
        mojo.update = true;

        assertThatThrownBy(mojo::execute).isInstanceOf(MojoFailureException.class);
    }
}
