package dev.atlex.differential;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.richtext.Facet;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.bluesky.richtext.Segment;
import dev.atlex.syntax.Did;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/**
 * Compares rich text with upstream's for generated input: detected facets, lengths, segments, insertions and deletions.
 * {@code -Datlex.differential.richText=100000} compares more cases, and {@code -Datlex.differential.seed=…} other ones.
 */
@Tag("reference")
class RichTextDifferentialTest {
    private static final JsonFactory JSON = new JsonFactory();
    private static final String EMOJI = "😀";
    private static final int CHUNK = 400;
    private static final int MAX_REPORTED = 20;

    /**
     * Rich text with edits. All positions are byte offsets.
     *
     * @param invalid additional facets that begin or end inside a character, which upstream doesn't get
     */
    private record Case(
            String text,
            List<List<Object>> facets,
            List<List<Object>> invalid,
            int insertAt,
            String inserted,
            int deleteFrom,
            int deleteTo) {
        RichText withInvalidFacets() {
            return RichText.of(
                    text,
                    Stream.concat(facets.stream(), invalid.stream())
                            .map(RichTextDifferentialTest::link)
                            .toList());
        }

        String line() {
            return "[" + json(text) + "," + facets + "," + insertAt + "," + json(inserted) + "," + deleteFrom + ","
                    + deleteTo + "]\n";
        }
    }

    private final Map<String, Integer> known = new TreeMap<>();
    private final List<String> unknown = new ArrayList<>();

    @Test
    void generatedText_hasSameFacetsAndEdits() throws Exception {
        Path root = Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve("../..")
                .normalize();
        int count = Integer.getInteger("atlex.differential.richText", 10_000);
        Random random = new Random(Long.getLong("atlex.differential.seed", 20261101));
        RichTextGenerator generator = new RichTextGenerator(random);
        int facets = 0;
        try (ReferenceProcess reference = ReferenceProcess.start(root, "rich-text.mjs")) {
            for (int done = 0; done < count; done += CHUNK) {
                List<Case> cases = new ArrayList<>();
                for (int i = 0; i < Math.min(CHUNK, count - done); i++) {
                    cases.add(generate(generator, random));
                    reference.write(cases.get(i).line());
                }
                reference.flush();
                for (Case one : cases) {
                    List<?> theirs = (List<?>) parse(reference.next());
                    facets += ((List<?>) theirs.get(2)).size();
                    compare(one, theirs);
                }
            }
        }

        System.out.printf("%d cases with %d facets, known differences: %s%n", count, facets, known);
        assertThat(unknown.stream().limit(MAX_REPORTED))
                .as("of %d", unknown.size())
                .isEmpty();
    }

    private static Case generate(RichTextGenerator generator, Random random) {
        String text = generator.next();
        List<List<Object>> facets = new ArrayList<>();
        List<List<Object>> invalid = new ArrayList<>();
        for (int i = random.nextInt(4); i > 0; i--) {
            long start = bytes(text, boundary(text, random));
            facets.add(List.of(start, (long) bytes(text, boundary(text, random))));
            int high = text.indexOf(EMOJI);
            if (high >= 0) {
                long inside = bytes(text, high) + 1 + random.nextInt(3);
                invalid.add(start < inside ? List.of(start, inside) : List.of(inside, start));
            }
        }
        int from = boundary(text, random);
        int to = boundary(text, random);
        return new Case(
                text,
                facets,
                invalid,
                bytes(text, boundary(text, random)),
                generator.next(),
                bytes(text, Math.min(from, to)),
                bytes(text, Math.max(from, to)));
    }

    /** Returns the index of a random code point or of the end. */
    private static int boundary(String text, Random random) {
        return text.offsetByCodePoints(0, random.nextInt(text.codePointCount(0, text.length()) + 1));
    }

    private static int bytes(String text, int index) {
        return wellFormed(text.substring(0, index)).getBytes(UTF_8).length;
    }

    private static String wellFormed(String text) {
        return RichText.of(text).text();
    }

    private void compare(Case one, List<?> theirs) {
        RichText detected = RichText.detect(one.text).resolveMentions(handle -> Did.of("did:web:" + handle), 1);
        RichText text = RichText.of(
                one.text,
                one.facets.stream().map(RichTextDifferentialTest::link).toList());
        same(one, "bytes", (long) text.utf8Length(), theirs.get(0));
        if (!theirs.get(1).equals((long) text.graphemes()) && RichTextDifferences.hasLinker(one.text)) {
            known.merge("graphemes of Unicode 18", 1, Integer::sum);
        } else {
            same(one, "graphemes", (long) text.graphemes(), theirs.get(1));
        }
        same(
                one,
                "detected",
                detected.facets().stream()
                        .map(RichTextDifferentialTest::describe)
                        .toList(),
                RichTextDifferences.adjust(text.text(), (List<?>) theirs.get(2), known));
        same(one, "segments", segments(one.withInvalidFacets()), theirs.get(3));
        int at = index(text, one.insertAt);
        RichText longer = text.insert(at, one.inserted);
        same(one, "text after insert", longer.text(), theirs.get(4));
        same(one, "facets after insert", ranges(longer), theirs.get(5));
        if (one.deleteFrom < one.deleteTo) {
            RichText shorter = text.delete(index(text, one.deleteFrom), index(text, one.deleteTo));
            same(one, "text after delete", shorter.text(), theirs.get(6));
            same(one, "facets after delete", ranges(shorter), theirs.get(7));
        }
    }

    private void same(Case one, String what, Object ours, Object theirs) {
        if (ours.equals(theirs)) {
            return;
        }
        // Upstream's decoder drops a byte order mark at the start of each slice.
        if (ours.toString().replace("\ufeff", "").equals(theirs.toString().replace("\ufeff", ""))) {
            known.merge("byte order mark", 1, Integer::sum);
        } else {
            unknown.add(what + " of " + one.line() + "  ours:   " + ours + "\n  theirs: " + theirs + "\n");
        }
    }

    private static int index(RichText text, int bytes) {
        int at = 0;
        while (text.text().substring(0, at).getBytes(UTF_8).length < bytes) {
            at = text.text().offsetByCodePoints(at, 1);
        }
        return at;
    }

    private static Facet link(List<Object> range) {
        return Facet.builder()
                .index(Facet.ByteSlice.builder()
                        .byteStart((Long) range.get(0))
                        .byteEnd((Long) range.get(1))
                        .build())
                .features(Facet.FeaturesItem.of(
                        Facet.Link.builder().uri("https://example.com").build()))
                .build();
    }

    private static List<List<Object>> ranges(RichText text) {
        return text.facets().stream()
                .map(facet ->
                        List.<Object>of(facet.index().byteStart(), facet.index().byteEnd()))
                .toList();
    }

    private static List<List<Object>> segments(RichText text) {
        List<List<Object>> segments = new ArrayList<>();
        for (Segment segment : text.segments()) {
            segments.add(
                    segment.facet() == null
                            ? List.of(segment.text())
                            : List.of(segment.text(), segment.facet().index().byteStart()));
        }
        return segments;
    }

    private static List<Object> describe(Facet facet) {
        Facet.FeaturesItem feature = facet.features().get(0);
        String kind;
        String value;
        if (feature instanceof Facet.FeaturesItem.Link link) {
            kind = "link";
            value = link.value().uri();
        } else if (feature instanceof Facet.FeaturesItem.Tag tag) {
            kind = "tag";
            value = tag.value().tag();
        } else {
            kind = "mention";
            value = ((Facet.FeaturesItem.Mention) feature)
                    .value()
                    .did()
                    .toString()
                    .substring("did:web:".length());
        }
        return List.of(facet.index().byteStart(), facet.index().byteEnd(), kind, value);
    }

    /** Returns a String as JSON in ASCII, so that lone surrogates arrive unchanged. */
    private static String json(String text) {
        StringBuilder json = new StringBuilder("\"");
        for (char c : text.toCharArray()) {
            if (c >= ' ' && c < 0x7f && c != '"' && c != '\\') {
                json.append(c);
            } else {
                json.append("\\u%04x".formatted((int) c));
            }
        }
        return json.append('"').toString();
    }

    private static Object parse(String line) {
        try (JsonParser parser = JSON.createParser(ObjectReadContext.empty(), line)) {
            parser.nextToken();
            return value(parser);
        }
    }

    /** Returns an array as a List, a number as a Long, and a String with lone surrogates replaced, as Atlex does. */
    private static Object value(JsonParser parser) {
        if (parser.currentToken() == JsonToken.START_ARRAY) {
            List<Object> array = new ArrayList<>();
            while (parser.nextToken() != JsonToken.END_ARRAY) {
                array.add(value(parser));
            }
            return array;
        }
        return parser.currentToken() == JsonToken.VALUE_NUMBER_INT
                ? (Object) parser.getLongValue()
                : wellFormed(parser.getString());
    }
}
