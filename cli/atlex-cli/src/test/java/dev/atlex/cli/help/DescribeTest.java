package dev.atlex.cli.help;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.cli.lexicon.MethodIndex;
import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.Options;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Tests completion scripts and manual pages with commands that exist only in this test. */
class DescribeTest {
    @TempDir
    Path temp;

    private static final class Tool implements Command {
        @Override
        public CommandSpec spec() {
            return CommandBuilder.of("tool", this).description("Try things.").build();
        }

        @Override
        public Integer call() {
            return 0;
        }
    }

    private static final class Go implements Command {
        @Override
        public CommandSpec spec() {
            return CommandBuilder.of("go", this)
                    .description("Go somewhere: isn't it nice?", ".Begins with a dot and a back\\slash.")
                    .examples("tool go --to 'there'", "tool go")
                    .add(Options.text("--to", "FILE", "Where to go. By car.", value -> {})
                            .names("-t", "--to"))
                    .add(Options.optionalArgument("FILE", "A file.", value -> {}))
                    .build();
        }

        @Override
        public Integer call() {
            return 0;
        }
    }

    private final CommandLine root = new CommandLine(new Tool().spec()).addSubcommand("go", new Go().spec());
    private final CompletionScript script = new CompletionScript(CommandModel.of(root), MethodIndex.bundled());

    @Test
    void scripts_containCommandsMethodsAndParameters() {
        for (String text : List.of(script.bash(), script.zsh(), script.fish())) {
            assertThat(text)
                    .contains("app.bsky.actor.getProfile", "actor=", "com.atproto.repo.uploadBlob", "go", "to")
                    .doesNotContainPattern("@[A-Z_]+@");
        }
        assertThat(script.zsh()).contains("'go:Go somewhere\\: isn’t it nice?'");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "no bash")
    void bashScript_completes() throws Exception {
        assertThat(complete("atlex g")).containsExactly("go");
        assertThat(complete("atlex go --t")).containsExactly("--to");
        assertThat(complete("atlex call app.bsky.actor.getProf"))
                .containsExactly("app.bsky.actor.getProfile", "app.bsky.actor.getProfiles");
        assertThat(complete("atlex call com.at")).containsExactly("com.atproto.");
        assertThat(complete("atlex call getTimeline")).containsExactly("app.bsky.feed.getTimeline");
        assertThat(complete("atlex call com.atproto.repo.listRecords re")).containsExactly("repo=", "reverse=");
        assertThat(complete("atlex call com.atproto.repo.listRecords reverse=t"))
                .containsExactly("true");
        assertThat(complete("atlex go --to " + temp + "/")).hasSize(1);
        assertThat(complete("atlex call com.atproto.repo.uploadBlob @" + temp + "/"))
                .hasSize(1);
    }

    /** Returns what bash would suggest for a line with the cursor at its end. */
    private List<String> complete(String line) throws IOException, InterruptedException {
        Path file = Files.writeString(temp.resolve("atlex.bash"), script.bash());
        Process bash = new ProcessBuilder(
                        "bash",
                        "--norc",
                        "-c",
                        "compopt() { :; }; source \"$1\"; COMP_LINE=$2 COMP_POINT=${#2}; _atlex; printf '%s\\n' "
                                + "\"${COMPREPLY[@]}\"",
                        "bash",
                        file.toString(),
                        line)
                .redirectErrorStream(true)
                .start();
        List<String> lines = new String(bash.getInputStream().readAllBytes(), java.nio.charset.StandardCharsets.UTF_8)
                .lines()
                .toList();
        assertThat(bash.waitFor(60, TimeUnit.SECONDS)).isTrue();
        return lines;
    }

    @Test
    void manualPages_escapeWhatTheLanguageInterprets() {
        String page = ManPage.all(root, "1").get("tool-go.1");
        assertThat(page)
                .startsWith(".TH TOOL-GO 1")
                .contains("tool\\-go \\- go somewhere: isn\\(aqt it nice?")
                .contains("\\&.Begins with a dot and a back\\eslash.")
                .contains("\\fB\\-t\\fR, \\fB\\-\\-to\\fR \\fIFILE\\fR\nWhere to go.\nBy car.")
                .contains(".SH EXAMPLES\n.nf\ntool go \\-\\-to \\(aqthere\\(aq\ntool go\n.fi");
        assertThat(Stream.of(page.split("\n")).filter(line -> line.startsWith(".")))
                .allMatch(line -> line.matches("\\.(TH|SH|PP|TP|nf|fi)( .*)?"));
    }
}
