package dev.atlex.codegen;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class GeneratedBehaviourTest {
    @TempDir
    static Path folder;

    private static Hazards hazards;

    @BeforeAll
    static void compile() throws IOException {
        hazards = Hazards.compiled(folder);
    }

    @AfterAll
    static void close() {
        hazards.close();
    }

    @Test
    void x() {
        assertThat(hazards).isNotNull();
    }
}
