package dev.atlex.bluesky.richtext;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.richtext.Facet;
import app.bsky.richtext.Facet.FeaturesItem;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.io.InputStream;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Compares results with those of upstream's {@code RichText}. {@code vectors.json} has our own input for each case in
 * upstream's tests, and for more cases.
 */
class VectorsTest {
    private static final LexMap VECTORS = read();

    private static LexMap read() {
        try (InputStream in = VectorsTest.class.getResourceAsStream("vectors.json")) {
            return (LexMap) LexValue.parseJson(in.readAllBytes(), ReadOptions.STRICT);
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Stream<LexMap> cases(String name) {
        return VECTORS.getArray(name).stream().map(LexMap.class::cast);
    }

    static Stream<LexMap> detect() {
        return cases("detect");
    }

    static Stream<LexMap> length() {
        return cases("length");
    }

    static Stream<LexMap> insert() {
        return cases("insert");
    }

    static Stream<LexMap> delete() {
        return cases("delete");
    }

    static Stream<LexMap> segments() {
        return cases("segments");
    }

    static Stream<LexMap> cleanNewlines() {
        return cases("cleanNewlines");
    }

    @ParameterizedTest
    @MethodSource
    void detect(LexMap vector) {
        RichText text = RichText.detect(vector.getString("text"));
        // The DID of a mention contains the handle.
        RichText resolved = text.resolveMentions(handle -> Did.of("did:web:" + handle), 1);

        assertThat(resolved.facets().stream().map(VectorsTest::describe).toList())
                .isEqualTo(plain(vector.getArray("facets")));
    }

    @ParameterizedTest
    @MethodSource
    void length(LexMap vector) {
        RichText text = RichText.of(vector.getString("text"));

        assertThat(text.utf8Length()).isEqualTo(number(vector, "bytes"));
        assertThat(text.graphemes()).isEqualTo(number(vector, "graphemes"));
    }

    @ParameterizedTest
    @MethodSource
    void insert(LexMap vector) {
        RichText text = input(vector);
        int index = text.utf8().toChar(number(vector, "at"));

        assertResult(text.insert(index, vector.getString("insert")), vector);
    }

    @ParameterizedTest
    @MethodSource
    void delete(LexMap vector) {
        RichText text = input(vector);
        int start = text.utf8().toChar(number(vector, "start"));
        int end = text.utf8().toChar(number(vector, "end"));

        assertResult(text.delete(start, end), vector);
    }

    @ParameterizedTest
    @MethodSource
    void segments(LexMap vector) {
        RichText text = input(vector);

        assertThat(ranges(text)).isEqualTo(plain(vector.getArray("kept")));
        assertThat(text.segments().stream().map(VectorsTest::describe).toList())
                .isEqualTo(plain(vector.getArray("segments")));
    }

    @ParameterizedTest
    @MethodSource
    void cleanNewlines(LexMap vector) {
        assertResult(input(vector).cleanNewlines(), vector);
    }

    private static int number(LexMap vector, String name) {
        return vector.getInteger(name).intValue();
    }

    private static RichText input(LexMap vector) {
        List<Facet> facets = vector.getArray("facets").stream()
                .map(range -> (List<?>) plain(range))
                .map(range -> link((Long) range.get(0), (Long) range.get(1)))
                .toList();
        return RichText.of(vector.getString("text"), facets);
    }

    private static Facet link(long start, long end) {
        return Span.of(start, end, Span.link("https://example.com/" + start + "-" + end))
                .toFacet();
    }

    private static void assertResult(RichText actual, LexMap vector) {
        LexMap result = vector.getMap("result");
        assertThat(actual.text()).isEqualTo(result.getString("text"));
        assertThat(ranges(actual)).isEqualTo(plain(result.getArray("facets")));
    }

    private static List<List<Long>> ranges(RichText text) {
        return text.facets().stream()
                .map(facet -> List.of(facet.index().byteStart(), facet.index().byteEnd()))
                .toList();
    }

    private static List<Object> describe(Segment segment) {
        Facet facet = segment.facet();
        return facet == null
                ? List.of(segment.text())
                : List.of(
                        segment.text(), facet.index().byteStart(), facet.index().byteEnd());
    }

    private static List<Object> describe(Facet facet) {
        String kind;
        String value;
        FeaturesItem feature = facet.features().get(0);
        if (feature instanceof FeaturesItem.Link link) {
            kind = "link";
            value = link.value().uri();
        } else if (feature instanceof FeaturesItem.Tag tag) {
            kind = "tag";
            value = tag.value().tag();
        } else {
            kind = "mention";
            value = ((FeaturesItem.Mention) feature).value().did().toString().substring("did:web:".length());
        }
        return List.of(facet.index().byteStart(), facet.index().byteEnd(), value, kind);
    }

    private static Object plain(LexValue value) {
        if (value instanceof LexArray array) {
            return array.stream().map(VectorsTest::plain).toList();
        }
        return value instanceof LexInteger integer ? integer.value() : ((LexString) value).value();
    }
}
