package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexValue;
import dev.atlex.testkit.LocalPds;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the output on a terminal: tables and colors, and no control characters from other people. */
class TerminalOutputTest {
    /** Text that other people may write: an escape sequence, and its 8-bit form. */
    private static final String ATTACK = "\u001b[2J\u009b2J";

    @TempDir
    Path temp;

    private LocalPds pds;
    private Cli cli;

    @BeforeEach
    void start() {
        pds = LocalPds.start();
        pds.createAccount("alice.test", Cli.PASSWORD);
        cli = new Cli(temp.resolve("atlex"));
        cli.login(pds, "alice.test");
    }

    @AfterEach
    void stop() {
        pds.close();
    }

    private String terminal(String... args) {
        cli.outIsTerminal = true;
        return cli.run(args).succeeds().out();
    }

    @Test
    void sessions_arePrintedAsTable() {
        cli.environment.put("COLUMNS", "200");
        assertThat(terminal("sessions").lines().toList())
                .hasSize(2)
                .satisfies(lines -> assertThat(lines.get(0)).startsWith("HANDLE      DID"))
                .satisfies(lines -> assertThat(lines.get(1))
                        .startsWith("alice.test  did:plc:")
                        .contains("active", pds.url().toString()));
        assertThat(terminal("sessions", "--json")).startsWith("[{\"did\":");
    }

    @Test
    void whoami_printsListOfFields() {
        assertThat(terminal("whoami"))
                .containsPattern("(?m)^did +did:plc:")
                .containsPattern("(?m)^handle +alice\\.test$");
    }

    @Test
    void call_isIndented() {
        assertThat(terminal("call", "com.atproto.server.describeServer")).startsWith("{\n  \"");
        assertThat(terminal("call", "com.atproto.server.describeServer", "--json"))
                .hasLineCount(1);
    }

    @Test
    void colors_areUsedOnTerminalsOrOnRequest() {
        cli.environment.remove("NO_COLOR");
        assertThat(cli.run("whoami").succeeds().out()).doesNotContain("\u001b");
        assertThat(cli.run("whoami", "--color", "always").succeeds().out()).contains("\u001b[");
        assertThat(terminal("whoami")).contains("\u001b[");
        assertThat(terminal("whoami", "--color", "never")).doesNotContain("\u001b");
        assertThat(terminal("whoami", "--json")).doesNotContain("\u001b");
        assertThat(terminal("call", "--help")).contains("\u001b[");
        cli.outIsTerminal = false;
        cli.environment.put("CLICOLOR_FORCE", "1");
        String forced = cli.run("whoami").succeeds().out();
        assertThat(forced).contains("\u001b[").hasLineCount(1);
        assertThat(LexValue.parseJson(forced.replaceAll("\u001b\\[[0-9;]*m", ""))
                        .toString())
                .contains("alice.test");
        cli.run("whoami", "--color", "sometimes").fails(2, "Usage");
    }

    @Test
    void controlCharactersFromOthers_neverReachTerminal() {
        String uri = cli.run("post", "Look " + ATTACK).succeeds().json().getString("uri");
        String[][] commands = {
            {"timeline"},
            {"timeline", "--json"},
            {"thread", uri},
            {"thread", uri, "--json"},
            {"get", uri, "--service", pds.url().toString()},
            {"get", uri, "--service", pds.url().toString(), "--json"},
            {"call", "com.atproto.repo.listRecords", "repo=alice.test", "collection=app.bsky.feed.post"},
            {"call", "com.atproto.repo.listRecords", "repo=alice.test", "collection=app.bsky.feed.post", "--json"},
        };
        for (String[] command : commands) {
            assertThat(terminal(command))
                    .as(String.join(" ", command))
                    .contains("Look ")
                    .doesNotContain("\u001b", "\u009b");
        }
        cli.outIsTerminal = false;
        // Programs get the text unchanged, because JSON escapes it.
        assertThat(cli.run("timeline").succeeds().out()).contains("\u009b");
    }

    @Test
    void bytes_areNotPrintedOnTerminal() {
        cli.outIsTerminal = true;
        String did = cli.stored().did().toString();
        assertThat(cli.run("call", "com.atproto.sync.getRepo", "did=" + did)
                        .fails(2, "Usage")
                        .err())
                .contains("redirect stdout");
    }

    @Test
    void longText_isWrappedToTheWidth() {
        cli.run("post", "one two three four five six seven eight nine ten").succeeds();
        cli.environment.put("COLUMNS", "30");
        assertThat(terminal("timeline")).contains("  one two three four five six\n  seven eight nine ten\n");
    }

    @Test
    void environmentVariables_areDefaults() {
        pds.createAccount("bob.test", Cli.PASSWORD);
        cli.login(pds, "bob.test");
        assertThat(cli.run("whoami").fails(2, "Usage").err()).contains("$ATLEX_ACCOUNT");
        cli.environment.put("ATLEX_ACCOUNT", "bob.test");
        assertThat(cli.run("whoami").succeeds().json().getString("handle")).isEqualTo("bob.test");
        assertThat(cli.run("whoami", "--account", "alice.test")
                        .succeeds()
                        .json()
                        .getString("handle"))
                .isEqualTo("alice.test");
        cli.environment.put("ATLEX_ACCOUNT", "not an account");
        assertThat(cli.run("whoami").fails(2, "InvalidInput").err()).contains("$ATLEX_ACCOUNT: ");
    }
}
