package dev.atlex.codegen.internal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.codegen.CodegenException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SourceFolderTest {
    private static final String GENERATED = "// Generated from a test\n";

    @TempDir
    Path temp;

    @Test
    void unchangedFilesAreNotTouched() throws IOException {
        run(Map.of("com/example/A.java", GENERATED, "com/example/B.java", GENERATED));
        FileTime old = FileTime.fromMillis(1_000_000_000_000L);
        Files.setLastModifiedTime(file("com/example/A.java"), old);
        Files.setLastModifiedTime(file("com/example/B.java"), old);

        int written = run(Map.of("com/example/A.java", GENERATED, "com/example/B.java", GENERATED + "class B {}\n"));

        assertThat(written).isEqualTo(1);
        assertThat(Files.getLastModifiedTime(file("com/example/A.java"))).isEqualTo(old);
        assertThat(Files.getLastModifiedTime(file("com/example/B.java"))).isNotEqualTo(old);
    }

    @Test
    void outdatedFilesAndEmptyFoldersAreRemoved() throws IOException {
        run(Map.of("com/example/A.java", GENERATED, "com/example/gone/deep/B.java", GENERATED));

        int written = run(Map.of("com/example/A.java", GENERATED));

        assertThat(written).isEqualTo(1);
        assertThat(file("com/example/gone")).doesNotExist();
        assertThat(file("com/example/A.java")).exists();
    }

    @Test
    void otherFilesAreKept() throws IOException {
        run(Map.of("com/example/gone/B.java", GENERATED));
        Files.writeString(file("com/example/gone/Mine.java"), "class Mine {}\n");

        run(Map.of("com/example/A.java", GENERATED));

        assertThat(file("com/example/gone/Mine.java")).exists();
        assertThat(file("com/example/gone/B.java")).doesNotExist();
    }

    @Test
    void otherFileIsNotOverwritten() throws IOException {
        Files.createDirectories(file("com/example"));
        Files.writeString(file("com/example/A.java"), "class A {}\n");

        assertThatThrownBy(() -> run(Map.of("com/example/A.java", GENERATED)))
                .isInstanceOf(CodegenException.class)
                .hasMessageContaining("not overwriting");
        assertThat(file("com/example/A.java")).hasContent("class A {}");
    }

    @Test
    void filesOutsideTheFolderAreNotRemoved() throws IOException {
        Path outside = temp.resolve("outside.txt");
        Files.writeString(outside, "kept");
        Files.createDirectories(temp.resolve("out"));
        Files.writeString(file(".atlex-generated"), "../outside.txt\n", UTF_8);

        run(Map.of("A.java", GENERATED));

        assertThat(outside).exists();
    }

    @Test
    void writingAFileTwice_fails() {
        SourceFolder folder = new SourceFolder(temp.resolve("out"));
        folder.write("A.java", GENERATED);

        assertThatThrownBy(() -> folder.write("A.java", GENERATED)).isInstanceOf(CodegenException.class);
    }

    private int run(Map<String, String> files) {
        SourceFolder folder = new SourceFolder(temp.resolve("out"));
        files.forEach(folder::write);
        folder.finish(null);
        return folder.written();
    }

    private Path file(String path) {
        return temp.resolve("out").resolve(path);
    }
}
