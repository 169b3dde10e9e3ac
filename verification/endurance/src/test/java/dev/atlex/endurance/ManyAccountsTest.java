package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Tests very many accounts in one process with a small heap. */
class ManyAccountsTest extends EnduranceTest {
    /** The most memory that a session may need besides its tokens, for parsed data and state. */
    private static final int MAX_BYTES = 16 << 10;

    @ParameterizedTest
    @EnumSource
    void manyAccounts_fitInSmallHeap(StoreLocation.Kind kind) throws Exception {
        int stored = Scale.of("stored", 2000, 100_000);
        int open = Scale.of("open", 500, 10_000);
        int heap = Scale.of("heap", 128, 512);
        try (StoreLocation place = StoreLocation.create(kind);
                ChildProcess process = ChildProcess.start(
                        SCANNER,
                        ManyAccountsProcess.class,
                        List.of("-Xmx" + heap + "m"),
                        place.where(),
                        Integer.toString(stored),
                        Integer.toString(open))) {
            expect(kind, process, "stored " + stored);
            expect(kind, process, "listed " + stored);
            expect(kind, process, "open " + open);
            expectBytes(kind, process, "bytes per session besides the tokens");
            expect(kind, process, "pool open " + open);
            expectBytes(kind, process, "pool bytes per session besides the tokens");
            expect(kind, process, "pool accounts " + stored);
            expect(kind, process, "pool listed " + stored);
            assertThat(process.rest()).isEmpty();
        }
    }

    private static void expectBytes(StoreLocation.Kind kind, ChildProcess process, String what) throws Exception {
        String line = expect(kind, process, what);
        assertThat(Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1))).isBetween(0, MAX_BYTES);
    }

    private static String expect(StoreLocation.Kind kind, ChildProcess process, String what) throws Exception {
        String line = process.next(Scale.LONG ? 60 : 2);
        if (!line.startsWith(what)) {
            throw new AssertionError(
                    "expected output '" + what + "' (got '" + line + "')" + "\n" + String.join("\n", process.rest()));
        }
        figures("accounts, %s: %s", kind, line);
        return line;
    }
}
