package dev.atlex.schema.internal;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

class GraphemeTableTest {
    @Test
    void committedTable_isUpToDate() throws IOException {
        String fresh = GraphemeTableGenerator.source();
        if (Boolean.getBoolean("recreate")) {
            Files.writeString(GraphemeTableGenerator.FILE, fresh);
        }
        assertThat(Files.readString(GraphemeTableGenerator.FILE))
                .as("run again with -Drecreate=true to rewrite the table")
                .isEqualTo(fresh);
    }

    @Test
    void everyCodePoint_hasTheSameClassAsIcu() {
        for (int codePoint = 0; codePoint <= Character.MAX_CODE_POINT; codePoint++) {
            int expected = GraphemeTableGenerator.classOf(codePoint);
            if (GraphemeClass.of(codePoint) != expected) {
                assertThat(GraphemeClass.of(codePoint)).as("U+%04X", codePoint).isEqualTo(expected);
            }
        }
    }
}
