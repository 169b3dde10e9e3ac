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

/** Every document of the protocol's interoperability vectors. */
class InteropLexiconTest {
    /** Where each invalid document is wrong, so that none is refused for something else. */
    private static final Map<String, String> WRONG_AT = Map.of(
            "invalid lexicon field", "$.lexicon",
            "invalid id field", "$.id",
            "invalid NSID", "$.id",
            "defined unknown", "$.defs.demo.type",
            "defined ref", "$.defs.demo.type",
            "non-main primary", "$.defs.demo.type",
            "record missing type object", "$.defs.main.record.type");

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aValidDocumentIsParsed(String name, LexMap document) {
        LexMap defs = Objects.requireNonNull(document.getMap("defs"));

        assertThat(LexiconDocument.parse(document).defs()).containsOnlyKeys(defs.keySet());
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void anInvalidDocumentIsRefusedWhereItIsWrong(String name, LexMap document) {
        assertThatThrownBy(() -> LexiconDocument.parse(document))
                .isInstanceOfSatisfying(
                        LexDataException.class, e -> assertThat(e.path()).isEqualTo(WRONG_AT.get(name)));
    }

    @ParameterizedTest(name = "{0}")
    @MethodSource
    void aDocumentOfTheCatalogIsParsed(String name, Path file) throws IOException {
        LexiconDocument document = LexiconDocument.parse(Files.readAllBytes(file));

        assertThat(document.id()).hasToString("example.lexicon." + name.replace("-", ""));
        assertThat(document.def("main")).isNotNull();
    }

    @Test
    void noVectorIsLeftOut() throws IOException {
        assertThat(aValidDocumentIsParsed()).hasSizeGreaterThanOrEqualTo(3);
        assertThat(anInvalidDocumentIsRefusedWhereItIsWrong())
                .extracting(vector -> vector.get()[0])
                .hasSameElementsAs(List.copyOf(WRONG_AT.keySet()));
        assertThat(aDocumentOfTheCatalogIsParsed()).hasSizeGreaterThanOrEqualTo(5);
    }

    static Stream<Arguments> aValidDocumentIsParsed() throws IOException {
        return vectors("lexicon-valid.json");
    }

    static Stream<Arguments> anInvalidDocumentIsRefusedWhereItIsWrong() throws IOException {
        return vectors("lexicon-invalid.json");
    }

    static Stream<Arguments> aDocumentOfTheCatalogIsParsed() throws IOException {
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
