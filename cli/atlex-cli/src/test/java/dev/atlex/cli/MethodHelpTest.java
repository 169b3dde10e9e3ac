package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests {@code methods} and {@code help}. */
class MethodHelpTest {
    @TempDir
    Path temp;

    private String own() throws IOException {
        Path folder = Files.createDirectories(temp.resolve("lexicons"));
        Files.writeString(folder.resolve("list.json"), """
                {"lexicon":1,"id":"com.example.list","defs":{"main":{"type":"query","description":"Lists things. Slowly.",
                "parameters":{"type":"params","required":["q"],"properties":{
                "q":{"type":"string","maxGraphemes":10,"description":"Words to look for."},
                "n":{"type":"integer","minimum":1,"maximum":5,"default":2},
                "sort":{"type":"string","knownValues":["new","old"]}}},
                "errors":[{"name":"TooSlow","description":"It was."}]}}}""");
        return folder.toString();
    }

    private Cli cli() {
        return new Cli(temp.resolve("atlex"));
    }

    @Test
    void methods_arePrintedAsJsonLinesOrTable() throws IOException {
        assertThat(cli().run("methods", "com.atproto.repo.c").succeeds().json().getString("type"))
                .isEqualTo("procedure");
        assertThat(cli().run("methods", "com.example", "--lexicons", own())
                        .succeeds()
                        .out())
                .isEqualTo("{\"nsid\":\"com.example.list\",\"type\":\"query\",\"description\":\"Lists things.\"}\n");
        Cli terminal = cli();
        terminal.outIsTerminal = true;
        assertThat(terminal.run("methods", "com.atproto.repo").succeeds().out())
                .startsWith("METHOD ")
                .containsPattern("(?m)^com.atproto.repo.getRecord +query");
        assertThat(cli().run("methods").succeeds().out().lines().count()).isGreaterThan(300);
        assertThat(cli().run("methods", "com.atprto.repo")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("did you mean com.atproto.repo");
    }

    @Test
    void help_describesAMethod() throws IOException {
        assertThat(cli().run("help", "com.example.list", "--lexicons", own())
                        .succeeds()
                        .out())
                .startsWith("com.example.list  query\n\nLists things. Slowly.\n")
                .containsPattern("  q\\* +string, at most 10 characters\n +Words to look for\\.")
                .containsPattern("  n +integer, 1 to 5, default 2\n")
                .containsPattern("  sort +string, such as new\\|old\n")
                .contains("Errors:\n  TooSlow\n    It was.\n")
                .endsWith("Example:\n  atlex call com.example.list q=…\n");
    }

    @Test
    void help_describesBodiesAndTypes() {
        assertThat(cli().run("help", "com.atproto.repo.createRecord").succeeds().out())
                .contains("Body: * required", "  record*", "Output:", "InvalidSwap", "collection=app.bsky.feed.post");
        assertThat(cli().run("help", "com.atproto.repo.uploadBlob").succeeds().out())
                .contains("Body: */*", "atlex call com.atproto.repo.uploadBlob @FILE");
        assertThat(cli().run("help", "app.bsky.actor.getProfile").succeeds().out())
                .contains("Output: app.bsky.actor.defs#profileViewDetailed", "  followersCount");
        assertThat(cli().run("help", "app.bsky.feed.post").succeeds().out()).contains("record", "  createdAt*");
        assertThat(cli().run("help", "app.bsky.feed.defs#postView").succeeds().out())
                .contains("object", "  author*");
        assertThat(cli().run("help", "app.bsky.feed.defs")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("app.bsky.feed.defs#postView");
    }

    @Test
    void help_describesCommands() {
        assertThat(cli().run("help").succeeds().out()).startsWith("Usage: atlex ");
        assertThat(cli().run("help", "call").succeeds().out()).startsWith("Usage: atlex call ");
    }

    @Test
    void unknownNames_getSuggestions() {
        assertThat(cli().run("help", "tmeline").fails(2, "InvalidInput").err()).contains("did you mean timeline?");
        assertThat(cli().run("help", "getTimeline").fails(2, "InvalidInput").err())
                .contains("did you mean app.bsky.feed.getTimeline?");
        assertThat(cli().run("help", "app.bsky.feed.getTimelin")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("did you mean app.bsky.feed.getTimeline");
        assertThat(cli().run("call", "getProfile").fails(2, "InvalidInput").err())
                .contains("did you mean app.bsky.actor.getProfile?");
        assertThat(cli().run("call", "app.bsky.actor.getProfil", "actor=a.test")
                        .fails(2, "InvalidInput")
                        .err())
                .contains("did you mean app.bsky.actor.getProfile");
        cli().run("help", "../../META-INF/MANIFEST").fails(2, "InvalidInput");
    }

    @Test
    void completion_isPrintedForEachShell() {
        assertThat(cli().run("completion", "bash").succeeds().out()).contains("complete -F _atlex atlex", "mark-seen");
        assertThat(cli().run("completion", "zsh").succeeds().out()).startsWith("#compdef atlex");
        assertThat(cli().run("completion", "fish").succeeds().out()).contains("complete -c atlex");
        cli().run("completion", "tcsh").fails(2, "Usage");
        cli().run("completion").fails(2, "Usage");
    }
}
