package dev.atlex.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** Checks the list of resources for native images. GraalVM itself isn't part of the build. */
class NativeImageTest {
    private static final Path CLASSES = Path.of("target/classes");
    private static final Path CONFIGURATION = CLASSES.resolve("META-INF/native-image");
    private static final String PROJECT = "dev.atlex/atlex-cli";

    @Test
    void resourcesAreIncluded() throws IOException {
        LexMap resources =
                Objects.requireNonNull(((LexMap) read(PROJECT + "/resource-config.json")).getMap("resources"));
        List<String> patterns = maps(Objects.requireNonNull(resources.getArray("includes"))).stream()
                .map(include -> include.getString("pattern"))
                .toList();
        List<String> names = files().stream()
                .map(file -> CLASSES.relativize(file).toString())
                .filter(name -> name.startsWith("dev/") && !name.endsWith(".class"))
                .toList();

        assertThat(names).hasSizeGreaterThan(300);
        assertThat(names).allMatch(name -> patterns.stream().anyMatch(name::matches));
        assertThat(patterns).anyMatch("META-INF/atlex/lexicons/app/bsky/feed/post.json"::matches);
    }

    private static List<Path> files() throws IOException {
        try (Stream<Path> files = Files.walk(CLASSES)) {
            return files.filter(Files::isRegularFile).toList();
        }
    }

    private static LexValue read(String name) throws IOException {
        return LexValue.parseJson(Files.readString(CONFIGURATION.resolve(name)));
    }

    private static List<LexMap> maps(LexValue array) {
        List<LexMap> maps = new ArrayList<>();
        for (LexValue value : (LexArray) array) {
            maps.add((LexMap) value);
        }
        return maps;
    }
}
