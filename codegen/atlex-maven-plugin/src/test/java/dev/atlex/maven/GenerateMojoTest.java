package dev.atlex.maven;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.maven.artifact.Artifact;
import org.apache.maven.artifact.DefaultArtifact;
import org.apache.maven.artifact.handler.DefaultArtifactHandler;
import org.apache.maven.model.Build;
import org.apache.maven.model.FileSet;
import org.apache.maven.plugin.MojoFailureException;
import org.apache.maven.plugin.logging.SystemStreamLog;
import org.apache.maven.project.MavenProject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests the effects of the goal's parameters and of the project's settings. */
class GenerateMojoTest {
    private static final String NOTE =
            "{\"lexicon\":1,\"id\":\"com.example.note\",\"defs\":{\"main\":{\"type\":\"object\",\"properties\":{}}}}";

    @TempDir
    Path temp;

    private final MavenProject project = new MavenProject();
    private final GenerateMojo mojo = new GenerateMojo();

    @BeforeEach
    void defaults() {
        project.setBuild(new Build());
        project.setArtifacts(Set.of());
        mojo.project = project;
        mojo.lexicons = temp.resolve("lexicons").toFile();
        mojo.output = temp.resolve("sources").toFile();
        mojo.resources = temp.resolve("resources").toFile();
    }

    @Test
    void sourcesAndResourcesAreAddedToTheProject() throws Exception {
        write("lexicons/note.json", NOTE);

        mojo.execute();

        assertThat(temp.resolve("sources/com/example/Note.java")).exists();
        assertThat(project.getCompileSourceRoots())
                .containsExactly(temp.resolve("sources").toString());
        assertThat(project.getResources())
                .extracting(FileSet::getDirectory)
                .containsExactly(temp.resolve("resources").toString());
        assertThat(temp.resolve("resources/META-INF/atlex/lexicons/com/example/note.json"))
                .exists();
    }

    @Test
    void optionsReachTheGenerator() throws Exception {
        write("lexicons/note.json", NOTE);
        write("lexicons/other.json", NOTE.replace("note", "other"));
        write("lexicons/third.json", NOTE.replace("note", "third"));
        mojo.packagePrefix = "org.sample";
        mojo.includes = List.of("com.example.note", "com.example.other");
        mojo.excludes = List.of("com.example.other");
        mojo.module = "org.sample.lexicons";
        mojo.requires = List.of("org.sample.base");

        mojo.execute();

        assertThat(temp.resolve("sources/org/sample/com/example"))
                .isDirectoryContaining("glob:**/Note.java")
                .isDirectoryNotContaining("glob:**/{Other,Third}.java");
        assertThat(temp.resolve("sources/module-info.java"))
                .content()
                .contains("module org.sample.lexicons {", "requires transitive org.sample.base;");
    }

    @Test
    void proseAndDeprecationsReachTheGenerator() throws Exception {
        write("lexicons/note.json", NOTE);
        write("prose/com/example/note.json", "{\"main\": \"A reminder to oneself. Deprecated: use paper.\"}");
        write("deprecated.json", "{\"documents\": {\"com.example.note\": [\"main\"]}}");
        mojo.prose = temp.resolve("prose").toFile();
        mojo.deprecations = temp.resolve("deprecated.json").toFile();

        mojo.execute();

        assertThat(temp.resolve("sources/com/example/Note.java"))
                .content()
                .contains("/**\n * A reminder to oneself.\n", " * @deprecated Use paper.\n */\n@Deprecated\n");
    }

    @Test
    void typesFromDependenciesAreNotGenerated() throws Exception {
        write("lexicons/note.json", NOTE);
        write("dependency/META-INF/atlex/lexicons.json", "{\"version\":1,\"lexicons\":[\"com.example.note\"]}");
        write("dependency/META-INF/atlex/lexicons/com/example/note.json", NOTE);
        Artifact artifact = new DefaultArtifact(
                "org.sample", "types", "1", "compile", "jar", null, new DefaultArtifactHandler("jar"));
        artifact.setFile(temp.resolve("dependency").toFile());
        project.setArtifacts(Set.of(artifact));

        mojo.execute();

        assertThat(temp.resolve("sources/com")).doesNotExist();
    }

    @Test
    void failure_messageNamesFileAndPath() throws IOException {
        write("lexicons/note.json", NOTE.replace("{}", "{\"x\":{\"type\":\"ref\",\"ref\":\"com.example.gone\"}}"));

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage(temp.resolve("lexicons/note.json")
                        + ": com.example.note.x: unresolved reference \"com.example.gone\": document not found");
        assertThat(project.getCompileSourceRoots()).isEmpty();
    }

    @Test
    void invalidDocumentFailsTheBuild() throws IOException {
        write("lexicons/note.json", "{");

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContaining(temp.resolve("lexicons/note.json").toString());
    }

    @Test
    void brokenDocumentsAreReportedOrLeftOut() throws Exception {
        write("lexicons/note.json", NOTE);
        write("lexicons/a.json", "{");
        write("lexicons/b.json", NOTE.replace("note", "b").replace("object", "objct"));

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessageContainingAll("a.json: $", "b.json: $.defs.main.type");
        mojo.excludes = List.of("a.json");
        assertThatThrownBy(mojo::execute).hasMessageContaining("b.json").hasMessageNotContaining("a.json");
        mojo.excludes = null;
        mojo.ignoreErrors = true;
        List<String> warnings = new ArrayList<>();
        mojo.setLog(new SystemStreamLog() {
            @Override
            public void warn(CharSequence content) {
                warnings.add(content.toString());
            }
        });

        mojo.execute();

        assertThat(warnings).hasSize(2);
        assertThat(temp.resolve("sources/com/example/Note.java")).exists();
        assertThat(temp.resolve("sources/com/example/B.java")).doesNotExist();
    }

    @Test
    void missingFolderFailsTheBuild() {
        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("folder of Lexicon documents not found: " + temp.resolve("lexicons"));
    }

    @Test
    void invalidOptionFailsTheBuild() {
        mojo.packagePrefix = "com.new";

        assertThatThrownBy(mojo::execute)
                .isInstanceOf(MojoFailureException.class)
                .hasMessage("\"com.new\" is not a valid Java package name");
    }

    @Test
    void skipDoesNothing() throws Exception {
        mojo.skip = true;

        mojo.execute();

        assertThat(project.getCompileSourceRoots()).isEmpty();
    }

    private void write(String file, String content) throws IOException {
        Path path = temp.resolve(file);
        Files.createDirectories(path.getParent());
        Files.writeString(path, content);
    }
}
