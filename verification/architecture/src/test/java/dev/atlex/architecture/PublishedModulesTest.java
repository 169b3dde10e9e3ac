package dev.atlex.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.module.ModuleDescriptor;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Tests the metadata of the published modules in the POMs and jars. {@code scripts/release-rehearsal.sh} tests the
 * artifacts themselves.
 */
class PublishedModulesTest {
    private static final List<String> LICENSES =
            List.of("META-INF/LICENSE", "META-INF/LICENSE-APACHE", "META-INF/LICENSE-MIT");

    static Stream<Pom> published() {
        return Pom.modules().stream().filter(Pom::isPublished);
    }

    static Stream<Map.Entry<ModuleDescriptor, Path>> modules() {
        return Modules.all().entrySet().stream();
    }

    @Test
    void folderShowsWhetherModuleIsPublished() {
        for (Pom module : Pom.modules()) {
            assertThat(module.isPublished())
                    .as(module.toString())
                    .isEqualTo(!module.toString().matches("(examples|verification)\\b.*"));
        }
    }

    @Test
    void rootPom_hasMetadataThatRepositoriesRequire() {
        Pom root = Pom.of(Pom.ROOT);

        assertThat(root.first("properties/atlex.url")).startsWith("https://");
        assertThat(root.first("url")).isEqualTo("${atlex.url}");
        assertThat(root.first("scm/url")).isEqualTo("${atlex.url}");
        assertThat(root.first("scm/connection")).isEqualTo("scm:git:${atlex.url}.git");
        assertThat(root.first("scm/developerConnection")).isEqualTo("scm:git:${atlex.url}.git");
        assertThat(root.first("issueManagement/url")).startsWith("${atlex.url}/");
        assertThat(root.all("licenses/license/name")).containsExactly("MIT", "Apache-2.0");
        assertThat(root.all("licenses/license/url")).hasSize(2).allMatch(url -> url.startsWith("https://"));
        assertThat(root.all("developers/developer/name")).isNotEmpty();
        assertThat(root.text()).containsOnlyOnce(root.first("properties/atlex.url"));
    }

    @ParameterizedTest
    @MethodSource("published")
    void module_hasNameAndDescription(Pom module) {
        assertThat(module.first("name")).startsWith("Atlex ");
        assertThat(module.first("description"))
                .endsWith(".")
                .hasSizeBetween(30, 120)
                .doesNotStartWith(module.first("name"));
    }

    @Test
    void bom_managesAllPublishedModules() {
        Set<String> published = new TreeSet<>();
        published().map(module -> module.first("artifactId")).forEach(published::add);
        published.remove("atlex-bom");

        assertThat(Pom.of(Pom.ROOT.resolve("bom")).all("dependencyManagement/dependencies/dependency/artifactId"))
                .containsExactlyInAnyOrderElementsOf(published);
    }

    @ParameterizedTest
    @MethodSource("modules")
    void jar_hasLicenseTexts(Map.Entry<ModuleDescriptor, Path> module) throws IOException {
        Path location = module.getValue();
        if (Files.isDirectory(location)) {
            assertThat(LICENSES).allMatch(name -> Files.exists(location.resolve(name)));
        } else {
            try (FileSystem jar = FileSystems.newFileSystem(location)) {
                assertThat(LICENSES).allMatch(name -> Files.exists(jar.getPath(name)));
            }
        }
    }
}
