package dev.atlex.endurance;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Very many accounts in one process, in little memory. */
class PoolTest extends Watched {
    /** A session's data, parsed, and what goes on with it. */
    private static final int MAX_BYTES = 16 << 10;

    @ParameterizedTest
    @EnumSource
    void accountsAreListedAndOpenInLittleMemory(Place.Kind kind) throws Exception {
        int stored = Size.of("stored", 2000, 100_000);
        int open = Size.of("open", 500, 10_000);
        int heap = Size.of("heap", 128, 512);
        try (Place place = Place.make(kind);
                Child crowd = Child.start(
                        WATCH,
                        Crowd.class,
                        List.of("-Xmx" + heap + "m"),
                        place.where(),
                        Integer.toString(stored),
                        Integer.toString(open))) {
            expect(kind, crowd, "stored " + stored);
            expect(kind, crowd, "listed " + stored);
            expect(kind, crowd, "open " + open);
            expectBytes(kind, crowd, "bytes beyond the tokens");
            expect(kind, crowd, "pool open " + open);
            expectBytes(kind, crowd, "pool bytes beyond the tokens");
            expect(kind, crowd, "pool accounts " + stored);
            expect(kind, crowd, "pool listed " + stored);
            assertThat(crowd.rest()).isEmpty();
        }
    }

    private static void expectBytes(Place.Kind kind, Child crowd, String what) throws Exception {
        String line = expect(kind, crowd, what);
        assertThat(Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1))).isBetween(0, MAX_BYTES);
    }

    private static String expect(Place.Kind kind, Child crowd, String what) throws Exception {
        String line = crowd.next(Size.LONG ? 60 : 2);
        if (!line.startsWith(what)) {
            throw new AssertionError("not '" + what + "', but: " + line + "\n" + String.join("\n", crowd.rest()));
        }
        figures("%s: %s", kind, line);
        return line;
    }
}
