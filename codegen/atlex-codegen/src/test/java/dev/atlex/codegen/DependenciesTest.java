package dev.atlex.codegen;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.codegen.CodeGenerator.Result;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests projects that use the types from another one, and the check whether a run is up to date. */
class DependenciesTest {
    private static final String SHARED = "{\"lexicon\":1,\"id\":\"com.example.shared\",\"defs\":{"
            + "\"main\":{\"type\":\"object\",\"description\":\"Prose.\",\"properties\":{\"x\":{\"type\":\"string\"}}},"
            + "\"list\":{\"type\":\"array\",\"items\":{\"type\":\"object\",\"properties\":{}}}}}";
    private static final String USER =
            "{\"lexicon\":1,\"id\":\"org.sample.user\",\"defs\":{\"main\":{\"type\":\"object\","
                    + "\"properties\":{\"one\":{\"type\":\"ref\",\"ref\":\"com.example.shared\"},"
                    + "\"many\":{\"type\":\"ref\",\"ref\":\"com.example.shared#list\"},"
                    + "\"any\":{\"type\":\"union\",\"refs\":[\"com.example.shared\"]}}}}}";

    @TempDir
    Path temp;

    @BeforeEach
    void writeTwoProjects() {
        write("first/lexicons/com/example/shared.json", SHARED);
        write("second/lexicons/org/sample/user.json", USER);
    }

    @Test
    void typesFromClassFolderAreUsed() {
        first(o -> {});

        Result result = second(o -> o.dependencies(List.of(temp.resolve("first/resources"))));

        assertThat(result)
                .hasToString(
                        "Result[documents=1, documentsFromDependencies=0, types=1, written=2, upToDate=false, problems=[]]");
        assertThat(read("second/out/org/sample/User.java"))
                .contains("import com.example.Shared;", "List<Shared.ListItem> many()");
        assertThat(temp.resolve("second/out/com")).doesNotExist();
    }

    @Test
    void typesFromJarAreUsedWithItsPackagePrefix() {
        first(o -> o.packagePrefix("net.first"));
        Path jar = jar(temp.resolve("first/resources"), temp.resolve("first.jar"));

        second(o -> o.dependencies(List.of(jar)).packagePrefix("net.second"));

        assertThat(read("second/out/net/second/org/sample/User.java")).contains("import net.first.com.example.Shared;");
    }

    @Test
    void generatedTypesCompileAgainstTheDependency() throws IOException {
        first(o -> {});
        second(o -> o.dependencies(List.of(temp.resolve("first/resources"))));

        Files.move(temp.resolve("first/out/com"), temp.resolve("second/out/com"));
        Hazards.compile(temp.resolve("second/out"), temp.resolve("classes"));

        assertThat(temp.resolve("classes/org/sample/User.class")).exists();
    }

    @Test
    void documentInDependencyIsNotGeneratedAgain() {
        first(o -> {});
        write("second/lexicons/com/example/shared.json", SHARED);

        Result result = second(o -> o.dependencies(List.of(temp.resolve("first/resources"))));

        assertThat(result)
                .hasToString(
                        "Result[documents=1, documentsFromDependencies=1, types=1, written=2, upToDate=false, problems=[]]");
        assertThat(temp.resolve("second/out/com")).doesNotExist();
    }

    @Test
    void resourcesContainDocumentsWithoutWhitespace() {
        write("first/lexicons/com/example/shared.json", SHARED.replace(",", ",\n  "));

        first(o -> o.packagePrefix("net.first").module("net.first"));

        assertThat(read("first/resources/META-INF/atlex/lexicons/com/example/shared.json"))
                .isEqualTo(SHARED);
        assertThat(read("first/resources/META-INF/atlex/lexicons.json"))
                .isEqualTo("{\"version\":1,\"packagePrefix\":\"net.first\",\"module\":\"net.first\","
                        + "\"lexicons\":[\"com.example.shared\"]}\n");
    }

    @Test
    void deletedDocumentsAreRemovedFromResources() throws IOException {
        write("first/lexicons/com/example/gone.json", SHARED.replace("com.example.shared", "com.example.gone"));
        first(o -> {});
        Files.delete(temp.resolve("first/lexicons/com/example/gone.json"));

        first(o -> {});

        assertThat(temp.resolve("first/resources/META-INF/atlex/lexicons/com/example/gone.json"))
                .doesNotExist();
        assertThat(read("first/resources/META-INF/atlex/lexicons.json")).doesNotContain("gone");
    }

    @Test
    void excludedDocumentsCanBeReferenced() {
        write("second/lexicons/com/example/shared.json", SHARED);

        Result result = second(o -> o.exclude(List.of("com.example.*")).resources(temp.resolve("second/resources")));

        assertThat(result.types()).isEqualTo(1);
        assertThat(temp.resolve("second/out/com")).doesNotExist();
        assertThat(read("second/resources/META-INF/atlex/lexicons.json")).doesNotContain("com.example.shared");
    }

    @Test
    void modulesOfUsedDependenciesAreRequired() {
        first(o -> o.module("net.first"));
        List<Path> dependencies = List.of(temp.resolve("first/resources"));

        second(o -> o.dependencies(dependencies).module("net.second"));
        assertThat(read("second/out/module-info.java")).contains("requires transitive net.first;");

        write("second/lexicons/org/sample/user.json", SHARED.replace("com.example.shared", "org.sample.user"));
        second(o -> o.dependencies(dependencies).module("net.second"));
        assertThat(read("second/out/module-info.java")).doesNotContain("net.first");
    }

    @Test
    void definitionMissingInDependency_messageNamesBothFiles() {
        first(o -> {});
        write("second/lexicons/org/sample/user.json", USER.replace("#list", "#newer"));

        assertThatThrownBy(() -> second(o -> o.dependencies(List.of(temp.resolve("first/resources")))))
                .isInstanceOf(CodegenException.class)
                .hasMessage(temp.resolve("second/lexicons/org/sample/user.json")
                        + ": org.sample.user.many: unresolved reference \"com.example.shared#newer\": not "
                        + "defined in com.example.shared from "
                        + temp.resolve("first/resources")
                        + "!/META-INF/atlex/lexicons/com/example/shared.json");
    }

    @Test
    void classInDependencyIsNotGeneratedAgain() {
        first(o -> {});
        write("second/lexicons/b.json", SHARED.replace("com.example.shared", "com.example.Shared"));

        assertThatThrownBy(() -> second(o -> o.dependencies(List.of(temp.resolve("first/resources")))))
                .isInstanceOf(CodegenException.class)
                .hasMessage(
                        temp.resolve("second/lexicons/b.json") + ": com.example.Shared and com.example.shared would "
                                + "have the same class com.example.Shared");
    }

    @Test
    void indexWithNewerVersionIsRejected() {
        write("newer/META-INF/atlex/lexicons.json", "{\"version\":2,\"lexicons\":[]}");

        assertThatThrownBy(() -> second(o -> o.dependencies(List.of(temp.resolve("newer")))))
                .isInstanceOf(CodegenException.class)
                .hasMessage(temp.resolve("newer") + "!/META-INF/atlex/lexicons.json: expected version 1 (got 2); newer "
                        + "versions require a newer Atlex at $.version");
    }

    @Test
    void indexCannotNameFilesOutsideTheFolder() {
        write("bad/META-INF/atlex/lexicons.json", "{\"version\":1,\"lexicons\":[\"../../secret\"]}");

        assertThatThrownBy(() -> second(o -> o.dependencies(List.of(temp.resolve("bad")))))
                .isInstanceOf(CodegenException.class)
                .hasMessageEndingWith("expected an NSID at $.lexicons[0]");
    }

    @Test
    void missingDependencies_andThoseWithoutIndex_areSkipped() throws IOException {
        write("second/lexicons/org/sample/user.json", SHARED.replace("com.example.shared", "org.sample.user"));
        Path plain = jar(Files.createDirectories(temp.resolve("plain")), temp.resolve("plain.jar"));

        Result result = second(o -> o.dependencies(List.of(plain, temp.resolve("plain"), temp.resolve("absent.jar"))));

        assertThat(result.types()).isEqualTo(1);
    }

    @Test
    void invalidJar_messageNamesIt() {
        write("broken.jar", "not a jar");

        assertThatThrownBy(() -> second(o -> o.dependencies(List.of(temp.resolve("broken.jar")))))
                .isInstanceOf(CodegenException.class)
                .hasMessageStartingWith("failed to read " + temp.resolve("broken.jar") + ": ");
    }

    @Test
    void secondRunIsUpToDateUntilSomethingChanges() throws IOException {
        first(o -> {});
        Path jar = jar(temp.resolve("first/resources"), temp.resolve("first.jar"));
        Consumer<CodegenOptions.Builder> options =
                o -> o.dependencies(List.of(jar)).resources(temp.resolve("second/resources"));
        assertThat(second(options).upToDate()).as("first run").isFalse();
        assertThat(second(options))
                .hasToString(
                        "Result[documents=1, documentsFromDependencies=0, types=1, written=0, upToDate=true, problems=[]]");

        write("second/lexicons/org/sample/user.json", USER.replace("\"one\"", "\"uno\""));
        assertThat(second(options).upToDate()).as("changed document").isFalse();
        assertThat(second(options).upToDate()).isTrue();

        Files.setLastModifiedTime(jar, FileTime.fromMillis(1_000_000_000_000L));
        assertThat(second(options).upToDate()).as("changed jar").isFalse();
        assertThat(second(options).upToDate()).isTrue();

        Files.delete(temp.resolve("second/out/org/sample/User.java"));
        assertThat(second(options).upToDate()).as("deleted source").isFalse();
        assertThat(second(options).upToDate()).isTrue();

        Files.delete(temp.resolve("second/resources/META-INF/atlex/lexicons.json"));
        assertThat(second(options).upToDate()).as("deleted index").isFalse();
        assertThat(second(options).upToDate()).isTrue();

        assertThat(second(options.andThen(o -> o.packagePrefix("net.second"))).upToDate())
                .as("changed option")
                .isFalse();
        assertThat(generator("second", o -> o.packagePrefix("net.second").dependencies(List.of(jar)), "another")
                        .generate()
                        .upToDate())
                .as("changed generator")
                .isFalse();
    }

    @Test
    void changedDocumentInClassFolder_isNotUpToDate() {
        first(o -> {});
        Consumer<CodegenOptions.Builder> options = o -> o.dependencies(List.of(temp.resolve("first/resources")));
        second(options);
        assertThat(second(options).upToDate()).isTrue();

        write("first/lexicons/com/example/shared.json", SHARED.replace("\"x\"", "\"y\""));
        first(o -> {});

        assertThat(second(options).upToDate()).isFalse();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links require privileges")
    void foldersMayBeSymbolicLinks() throws IOException {
        first(o -> {});
        Path lexicons = Files.createSymbolicLink(temp.resolve("lexicons"), temp.resolve("first/lexicons"));
        Path out = Files.createSymbolicLink(temp.resolve("out"), Files.createDirectories(temp.resolve("real")));
        Path resources =
                Files.createSymbolicLink(temp.resolve("resources"), Files.createDirectories(temp.resolve("others")));

        CodegenOptions options = CodegenOptions.of(
                o -> o.lexicons(lexicons).output(out).resources(resources).module("org.sample.linked"));
        Result result = new CodeGenerator(options, "generator").generate();

        assertThat(result.documents()).isEqualTo(1);
        assertThat(temp.resolve("real/com/example/Shared.java")).exists();
        assertThat(temp.resolve("others/META-INF/atlex/lexicons.json")).exists();
        assertThat(new CodeGenerator(options, "generator").generate().upToDate())
                .isTrue();
    }

    @Test
    void manuallyEditedSourceIsGeneratedAgain() throws IOException {
        first(o -> {});
        String source = read("first/out/com/example/Shared.java");
        assertThat(first(o -> {}).upToDate()).isTrue();

        Path file = temp.resolve("first/out/com/example/Shared.java");
        Files.writeString(file, source + "// changed\n");
        Files.setLastModifiedTime(file, FileTime.fromMillis(System.currentTimeMillis() + 10_000));

        assertThat(first(o -> {}).upToDate()).isFalse();
        assertThat(file).hasContent(source);
    }

    @Test
    void unknownGenerator_isNeverUpToDate() {
        generator("first", o -> {}, null).generate();

        assertThat(generator("first", o -> {}, null).generate().upToDate()).isFalse();
    }

    private Result first(Consumer<CodegenOptions.Builder> options) {
        Consumer<CodegenOptions.Builder> resources = o -> o.resources(temp.resolve("first/resources"));
        return generator("first", resources.andThen(options), "generator").generate();
    }

    private Result second(Consumer<CodegenOptions.Builder> options) {
        return generator("second", options, "generator").generate();
    }

    private CodeGenerator generator(String project, Consumer<CodegenOptions.Builder> options, String generator) {
        return new CodeGenerator(
                CodegenOptions.of(o -> {
                    o.lexicons(temp.resolve(project).resolve("lexicons"))
                            .output(temp.resolve(project).resolve("out"));
                    options.accept(o);
                }),
                generator);
    }

    private static Path jar(Path folder, Path jar) {
        try (OutputStream file = Files.newOutputStream(jar);
                ZipOutputStream zip = new ZipOutputStream(file);
                Stream<Path> all = Files.walk(folder)) {
            zip.putNextEntry(new ZipEntry("META-INF/"));
            for (Path entry : all.filter(Files::isRegularFile).toList()) {
                zip.putNextEntry(
                        new ZipEntry(folder.relativize(entry).toString().replace('\\', '/')));
                zip.write(Files.readAllBytes(entry));
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return jar;
    }

    private String read(String file) {
        try {
            return Files.readString(temp.resolve(file), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void write(String file, String content) {
        try {
            Path path = temp.resolve(file);
            Files.createDirectories(path.getParent());
            Files.writeString(path, content, UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
