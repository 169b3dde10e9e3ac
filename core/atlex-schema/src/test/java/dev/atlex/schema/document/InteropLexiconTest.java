package dev.atlex.schema.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Parses the Lexicon documents among the protocol's interoperability vectors. */
class InteropLexiconTest {
    /** The path of the problem in each invalid document, so that none fails for a different reason. */
    private static final Map<String, String> EXPECTED_PATHS = Map.of(
            "invalid lexicon field", "$.lexicon",
            "invalid id field", "$.id",
            "invalid NSID", "$.id",
            "defined unknown", "$.defs.demo.type",
            "defined ref", "$.defs.demo.type",
            "non-main primary", "$.defs.demo.type",
            "record missing type object", "$.defs.main.record.type");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void validDocument_isParsed(String name, LexMap document) {
        LexMap defs = Objects.requireNonNull(document.getMap("defs"));

        assertThat(LexiconDocument.parse(document).defs()).containsOnlyKeys(defs.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void invalidDocument_isReportedWithPath(String name, LexMap document) {
        assertThatThrownBy(() -> LexiconDocument.parse(document))
                .isInstanceOfSatisfying(
                        LexDataException.class, e -> assertThat(e.path()).isEqualTo(EXPECTED_PATHS.get(name)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void catalogDocument_isParsed(String name, Path file) throws IOException {
        LexiconDocument document = LexiconDocument.parse(Files.readAllBytes(file));

        assertThat(document.id()).hasToString("example.lexicon." + name.replace("-", ""));
        assertThat(document.def("main")).isNotNull();
    }

    @Test
    void allVectorsAreTested() throws IOException {
        assertThat(validDocument_isParsed()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(invalidDocument_isReportedWithPath())
                .extracting(vector -> vector.get()[0])
                .hasSameElementsAs(List.copyOf(EXPECTED_PATHS.keySet()));
        assertThat(catalogDocument_isParsed()).hasSizeGreaterThanOrEqualTo(5);
    }

    static Stream<Arguments> validDocument_isParsed() throws IOException {
        return vectors("lexicon-valid.json");
    }

    static Stream<Arguments> invalidDocument_isReportedWithPath() throws IOException {
        return vectors("lexicon-invalid.json");
    }

    static Stream<Arguments> catalogDocument_isParsed() throws IOException {
        List<Path> files;
        try (Stream<Path> all = Files.list(folder().resolve("catalog"))) {
            files = all.sorted().toList();
        }
        return files.stream()
                .map(file -> Arguments.of(file.getFileName().toString().replace(".json", ""), file));
    }

    private static Stream<Arguments> vectors(String file) throws IOException {
        LexArray vectors =
                (LexArray) LexValue.parseJson(Files.readAllBytes(folder().resolve(file)), ReadOptions.STRICT);
        return vectors.stream()
                .map(LexMap.class::cast)
                .map(vector -> Arguments.of(vector.getString("name"), vector.getMap("lexicon")));
    }

    private static Path folder() {
        return InteropVectors.folder().resolve("lexicon");
    }
}
