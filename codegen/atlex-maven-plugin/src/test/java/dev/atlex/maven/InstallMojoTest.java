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

/** What the goal makes of its parameters, in a network where nobody answers. */
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
                    throw new InstallException("the DNS was asked for " + nsid);
                },
                did -> {
                    throw new InstallException("the server of " + did + " was asked for");
                },
                Transport.jdk());
    }

    @Test
    void additionsAreLookedUp() {
        mojo.add = List.of("com.example.thing");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("com.example.thing: the DNS was asked for com.example.thing");
    }

    @Test
    void additionThatIsNoneFailsTheBuild() {
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
    void ciNeedsAManifest() {
        mojo.ci = true;

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(temp.resolve("lexicons.json") + ": file not found");
    }

    @Test
    void updateAsksAgain() throws IOException {
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
                .hasMessage("com.example.thing: the server of did:web:example.com was asked for");
    }

    @Test
    void ciDoesNotGoWithUpdate() {
        mojo.ci = true;
        mojo.update = true;

        assertThatThrownBy(mojo::execute).isInstanceOf(MojoFailureException.class);
    }
}
