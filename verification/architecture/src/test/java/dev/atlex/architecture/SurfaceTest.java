package dev.atlex.architecture;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares the public API with the files in {@code src/test/surface}, so that each change shows up as a diff in review.
 * {@code mvn package -pl verification/architecture -am -Dtest=SurfaceTest -Drecreate=true
 * -Dsurefire.failIfNoSpecifiedTests=false} rewrites them.
 */
class SurfaceTest {
    private static final Path FOLDER = Path.of("src/test/surface");

    static Stream<Map.Entry<ModuleDescriptor, Path>> modules() {
        return Modules.all().entrySet().stream();
    }

    @ParameterizedTest
    @MethodSource("modules")
    void surfaceIsPinned(Map.Entry<ModuleDescriptor, Path> module) throws IOException {
        Path file = FOLDER.resolve(module.getKey().name() + ".txt");
        String actual = Surface.of(module.getKey(), module.getValue());
        if (Boolean.getBoolean("recreate")) {
            Files.writeString(file, actual);
        }

        assertThat(Files.readString(file, UTF_8).lines().toList())
                .containsExactlyElementsOf(actual.lines().toList());
    }

    @Test
    void eachModuleHasOneFile() throws IOException {
        TreeSet<String> names = new TreeSet<>();
        Modules.all().keySet().forEach(module -> names.add(module.name() + ".txt"));

        try (Stream<Path> files = Files.list(FOLDER)) {
            assertThat(files.map(file -> file.getFileName().toString())).containsExactlyInAnyOrderElementsOf(names);
        }
    }

    /** Types of packages that aren't exported must not appear in the API. */
    @ParameterizedTest
    @MethodSource("modules")
    void surface_hasNoInternalTypes(Map.Entry<ModuleDescriptor, Path> module) throws IOException {
        assertThat(Surface.of(module.getKey(), module.getValue()).lines())
                .noneMatch(line -> line.contains(".internal."));
    }
}
