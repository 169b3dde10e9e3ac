package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.cli.runtime.CliEnvironment;
import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LineCommandTest {
    @TempDir
    Path temp;

    private Cli.Result run(String input, String... command) {
        return new Cli(temp).runWith(input, command);
    }

    @Test
    void printsCidOfEachLine() {
        // The SHA-256 of a1616101, as computed with other tools.
        String cid = "bafyreihltcnuuyqp2jm24aqydpnlj7b6w3ogwrplomrjtg5rifv44mmjey";
        assertThat(run("{\"a\":1}\n\n {\"a\": 1}\r\n{\"a\":1}", "cid")
                        .succeeds()
                        .out())
                .isEqualTo((cid + "\n").repeat(3));
    }

    @Test
    void convertsBetweenJsonAndCbor() {
        String link = "{\"$link\":\"bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a\"}";
        String json = "{\"a\":1,\"b\":[true,null,\"é\"],\"c\":" + link + ",\"d\":{\"$bytes\":\"AQI\"}}";
        String hex = run(json + "\n", "json2cbor").succeeds().out();
        assertThat(hex).startsWith("a461610161628").endsWith("\n").contains("d82a5825000171");
        assertThat(run(hex, "cbor2json").succeeds().out()).isEqualTo(json + "\n");
        assertThat(run(hex.toUpperCase(java.util.Locale.ROOT), "cbor2json")
                        .succeeds()
                        .out())
                .isEqualTo(json + "\n");
    }

    /** Like {@code yes 1 | atlex cid | head -1}. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endlessInputEndsWhenStdoutIsClosed() {
        InputStream endless = new InputStream() {
            private boolean digit;

            @Override
            public int read() {
                digit = !digit;
                return digit ? '1' : '\n';
            }

            @Override
            public int available() {
                return 2;
            }
        };
        PrintStream closed = new PrintStream(new BufferedOutputStream(new OutputStream() {
            @Override
            public void write(int b) throws IOException {
                throw new IOException("Broken pipe");
            }
        }));
        ByteArrayOutputStream err = new ByteArrayOutputStream();

        int status = Main.run(
                new CliEnvironment(Map.of(), endless, closed, new PrintStream(err), () -> null, () -> false, () -> 0),
                "cid");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("error: Storage: failed to write to stdout");
    }

    @Test
    void invalidLineEndsTheCommandAndIsNamed() {
        Cli.Result result = run("1\n{\"a\":1.5}\n2\n", "json2cbor").fails(2, "InvalidInput");
        assertThat(result.out()).isEqualTo("01\n");
        assertThat(result.err()).contains("line 2", "$.a");
        run("{} {}\n", "cid").fails(2, "InvalidInput");
        run("a1\n", "cbor2json").fails(2, "InvalidInput");
        run("1\n", "cbor2json").fails(2, "InvalidInput");
        run("xy\n", "cbor2json").fails(2, "InvalidInput");
        // The number 1 in two bytes isn't canonical.
        run("1801\n", "cbor2json").fails(2, "InvalidInput");
    }

    @Test
    void keepGoing_reportsInvalidLinesInOrder() {
        Cli.Result result = run("\ufeff1\r\n\n{\"a\":1.5}\n \t\r\n{\"a\nb\":}\n2", "json2cbor", "--keep-going")
                .fails(2, "InvalidInput");

        List<String> lines = result.out().lines().toList();
        assertThat(lines).hasSize(5);
        assertThat(lines.get(0)).isEqualTo("01");
        assertThat(lines.get(1)).startsWith("error: InvalidInput: line 3: ").contains("$.a");
        assertThat(lines.get(2)).startsWith("error: InvalidInput: line 5: ");
        assertThat(lines.get(3)).startsWith("error: InvalidInput: line 6: ");
        assertThat(lines.get(4)).isEqualTo("02");
        assertThat(result.err()).contains("3 lines are invalid");
    }

    @Test
    void keepGoing_worksWithAllConverters() {
        for (String command : List.of("cid", "json2cbor", "cbor2json")) {
            byte[] input = ("1\nzz\n\u0000\n" + "[".repeat(100_000) + "\n01\n").getBytes(UTF_8);
            input[2] = (byte) 0xff;
            Cli.Result result = new Cli(temp).runWith(input, command, "--keep-going");
            assertThat(result.status()).as(command).isEqualTo(2);
            assertThat(result.out().lines()).as(command).hasSize(5);
            assertThat(result.out().lines().skip(1).limit(3))
                    .as(command)
                    .allMatch(line -> line.startsWith("error: InvalidInput: line "));
            assertThat(run("\ufeff", command, "--keep-going").succeeds().out()).isEmpty();
            assertThat(run("", command, "--keep-going").succeeds().out()).isEmpty();
        }
        assertThat(run("\ufeffa161610a\r\n", "cbor2json").succeeds().out()).isEqualTo("{\"a\":10}\n");
    }

    @Test
    void keepGoing_reportsLinesThatAreTooLong() {
        byte[] input = new byte[(64 << 20) + 6];
        Arrays.fill(input, (byte) '1');
        input[1] = '\n';
        input[input.length - 3] = '\n';

        Cli.Result result = new Cli(temp).runWith(input, "json2cbor", "--keep-going");

        assertThat(result.out())
                .startsWith("01\nerror: InvalidInput: line 2: longer than 67108864 bytes\n")
                .endsWith("\n0b\n");
        assertThat(result.status()).isEqualTo(2);
    }
}
