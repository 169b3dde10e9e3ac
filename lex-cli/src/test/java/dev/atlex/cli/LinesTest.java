package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedOutputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class LinesTest {
    @TempDir
    Path temp;

    private Cli.Result run(String input, String command) {
        return new Cli(temp).runWith(input, command);
    }

    @Test
    void printsTheCidOfEachLine() {
        // SHA-256 of a1616101, worked out without this project.
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

    /** As in {@code yes 1 | atlex cid | head -1}. */
    @Test
    @Timeout(value = 60, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void endlessInputEndsWhenNobodyReadsTheOutput() {
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

        int status = Main.run(new World(Map.of(), endless, closed, new PrintStream(err), () -> null), "cid");

        assertThat(status).isEqualTo(2);
        assertThat(err.toString(UTF_8)).startsWith("error: Storage: the output could not be written");
    }

    @Test
    void stopsAtALineThatIsWrongAndSaysWhich() {
        Cli.Result result = run("1\n{\"a\":1.5}\n2\n", "json2cbor").fails(2, "InvalidInput");
        assertThat(result.out()).isEqualTo("01\n");
        assertThat(result.err()).contains("line 2", "$.a");
        run("{} {}\n", "cid").fails(2, "InvalidInput");
        run("a1\n", "cbor2json").fails(2, "InvalidInput");
        run("1\n", "cbor2json").fails(2, "InvalidInput");
        run("xy\n", "cbor2json").fails(2, "InvalidInput");
        // 1 in two bytes: not the canonical form.
        run("1801\n", "cbor2json").fails(2, "InvalidInput");
    }
}
