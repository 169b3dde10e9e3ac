package dev.atlex.bluesky.richtext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.richtext.Facet;
import dev.atlex.schema.internal.Graphemes;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests invariants with random input. The message of a failure contains the seed. */
class RichTextPropertiesTest {
    private static final int TEXTS = 2_000;
    private static final String[] PIECES = {
        " ",
        " ",
        " ",
        "\n",
        "\n\n",
        "\r\n",
        "\t",
        "\u00a0",
        "\u3000",
        "\u200b",
        "a",
        "word",
        "Wort",
        "é",
        "e\u0301",
        "日本語",
        "。",
        ". ",
        "! ",
        "…",
        ")",
        "(",
        "[",
        "]",
        "\\",
        "\"",
        "😀",
        "👨‍👩‍👧‍👦",
        "🇩🇪",
        "🇩",
        "\u0301",
        "\u200d",
        "\ufe0f",
        "#️⃣",
        "क्ष",
        "\u0600",
        "#tag",
        "＃wide",
        "#",
        "$ACME",
        "$",
        "@alice.example.com",
        "@",
        "https://example.com/a/long/path?query",
        "example.com",
        "http://",
        "[x](https://example.org)",
        "\ud83d",
        "\ude00",
        "x".repeat(40),
        "word ".repeat(20),
        "\u0301".repeat(30)
    };

    private static String randomText(Random random, int pieces) {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(pieces); i >= 0; i--) {
            text.append(PIECES[random.nextInt(PIECES.length)]);
        }
        return text.toString();
    }

    private static RichText random(Random random) {
        String text = randomText(random, 60);
        return switch (random.nextInt(4)) {
            case 0 -> RichText.markdown(text);
            case 1 -> RichText.of(text, randomFacets(random, text.length() * 2));
            case 2 -> RichText.detect(text).resolveMentions(handle -> Did.of("did:web:" + handle), 1);
            default -> RichText.detect(text);
        };
    }

    private static List<Facet> randomFacets(Random random, int length) {
        List<Facet> facets = new ArrayList<>();
        for (int i = random.nextInt(6); i > 0; i--) {
            int start = random.nextInt(length + 1);
            int end = Math.max(0, start + random.nextInt(20) - 2);
            facets.add(Span.of(start, end, random.nextBoolean() ? Span.link("https://example.com") : Span.tag("tag"))
                    .toFacet());
        }
        return facets;
    }

    private static String bytes(RichText text, Facet facet) {
        byte[] bytes = text.text().getBytes(UTF_8);
        return new String(
                Arrays.copyOfRange(bytes, (int) facet.index().byteStart(), (int)
                        facet.index().byteEnd()),
                UTF_8);
    }

    private static String join(List<RichText> parts) {
        StringBuilder all = new StringBuilder();
        parts.forEach(part -> all.append(part.text()));
        return all.toString();
    }

    private static String withoutSpaces(String text) {
        StringBuilder visible = new StringBuilder();
        text.codePoints().filter(c -> !CharClasses.isBreakingSpace(c)).forEach(visible::appendCodePoint);
        return visible.toString();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void segments_areTheWholeText(long seed) {
        for (int i = 0; i < TEXTS; i++) {
            RichText text = random(new Random(seed << 32 | i));
            StringBuilder all = new StringBuilder();
            for (Segment segment : text.segments()) {
                assertThat(segment.text().isEmpty())
                        .as("seed %s/%s", seed, i)
                        .isEqualTo(text.text().isEmpty());
                if (segment.facet() != null && segment.facet().index().byteEnd() <= text.utf8Length()) {
                    assertThat(segment.text()).as("seed %s/%s", seed, i).isEqualTo(bytes(text, segment.facet()));
                }
                all.append(segment.text());
            }
            assertThat(all).as("seed %s/%s", seed, i).hasToString(text.text());
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {4, 5})
    void detectedFacets_coverTheirOwnText(long seed) {
        for (int i = 0; i < TEXTS; i++) {
            RichText text = RichText.detect(randomText(new Random(seed << 32 | i), 60))
                    .resolveMentions(handle -> Did.of("did:web:" + handle), 1);
            long end = 0;
            for (Facet facet : text.facets()) {
                String shown = bytes(text, facet);
                Segment segment = new Segment(shown, facet);
                String expected = segment.link() != null
                        ? segment.link().replaceFirst(shown.startsWith("http") ? "^" : "^https://", "")
                        : segment.mention() != null
                                ? "@" + segment.mention().toString().substring(8)
                                : shown.startsWith("$") ? segment.tag() : shown.charAt(0) + segment.tag();
                assertThat(shown).as("seed %s/%s", seed, i).isEqualToIgnoringCase(expected);
                assertThat(facet.index().byteStart()).as("seed %s/%s", seed, i).isGreaterThanOrEqualTo(end);
                end = facet.index().byteEnd();
                Facet.CODEC.fromJson(facet.toJson());
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {6, 7, 8})
    void split_fitsAndLosesOnlySpaces(long seed) {
        for (int i = 0; i < TEXTS; i++) {
            Random random = new Random(seed << 32 | i);
            RichText text = random(random);
            int maxGraphemes = 1 + random.nextInt(random.nextBoolean() ? 20 : 300);
            int maxBytes = 4 + random.nextInt(random.nextBoolean() ? 60 : 3000);
            List<RichText> parts = text.split(maxGraphemes, maxBytes);

            assertThat(parts)
                    .as("seed %s/%s", seed, i)
                    .isNotEmpty()
                    .allMatch(part -> part.fits(maxGraphemes, maxBytes));
            assertThat(withoutSpaces(join(parts))).as("seed %s/%s", seed, i).isEqualTo(withoutSpaces(text.text()));
            assertThat(parts.size() == 1
                            || parts.stream()
                                    .noneMatch(
                                            part -> withoutSpaces(part.text()).isEmpty()))
                    .as("seed %s/%s", seed, i)
                    .isTrue();
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {9, 10, 11})
    void split_cutsNeitherFacetsNorClusters(long seed) {
        for (int i = 0; i < TEXTS; i++) {
            Random random = new Random(seed << 32 | i);
            RichText text = random(random);
            if (text.shown().stream().anyMatch(shown -> shown.end() - shown.start() > 100)) {
                continue;
            }
            // Facets and clusters fit into a part, so none needs to be cut.
            List<RichText> parts = text.split(100, 1500);
            int at = 0;
            for (RichText part : parts) {
                at = text.text().indexOf(part.text(), at) + part.text().length();
                assertThat(isBoundary(text.text(), at))
                        .as("seed %s/%s at %s", seed, i, at)
                        .isTrue();
            }
            assertThat(parts.stream().mapToInt(part -> facetCount(part)).sum())
                    .as("seed %s/%s", seed, i)
                    .isEqualTo(facetCount(text));
        }
    }

    private static int facetCount(RichText text) {
        return (int) text.shown().stream()
                .filter(shown -> !shown.isBlank(text.text()))
                .count();
    }

    private static boolean isBoundary(String text, int index) {
        int at = 0;
        while (at < index) {
            at = Graphemes.end(text, at, text.length());
        }
        return at == index;
    }

    @ParameterizedTest
    @ValueSource(longs = {12, 13})
    void numberedParts_fit(long seed) {
        for (int i = 0; i < TEXTS / 4; i++) {
            Random random = new Random(seed << 32 | i);
            RichText text = random(random);
            int max = 12 + random.nextInt(40);
            List<RichText> parts = text.split(max, 3000, PartSuffix.NUMBERED);

            assertThat(parts).as("seed %s/%s", seed, i).allMatch(part -> part.fits(max, 3000));
            if (parts.size() > 1) {
                assertThat(parts.get(0).text()).endsWith(" (1/" + parts.size() + ")");
            }
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {14, 15})
    void edits_keepTextOfFacets(long seed) {
        for (int i = 0; i < TEXTS; i++) {
            Random random = new Random(seed << 32 | i);
            RichText text =
                    RichText.detect(randomText(random, 40)).resolveMentions(handle -> Did.of("did:web:" + handle), 1);
            int index = text.text()
                    .offsetByCodePoints(
                            0,
                            random.nextInt(
                                    text.text().codePointCount(0, text.text().length()) + 1));
            String inserted = RichText.wellFormed(randomText(random, 4));
            RichText longer = text.insert(index, inserted);

            assertThat(longer.text())
                    .isEqualTo(new StringBuilder(text.text())
                            .insert(index, inserted)
                            .toString());
            List<RichText.Shown> before = text.shown();
            List<RichText.Shown> after = longer.shown();
            for (int j = 0; j < before.size(); j++) {
                String shown = text.text()
                        .substring(before.get(j).start(), before.get(j).end());
                int inside = index - before.get(j).start();
                String expected = inside > 0 && inside < shown.length()
                        ? shown.substring(0, inside) + inserted + shown.substring(inside)
                        : shown;
                assertThat(longer.text()
                                .substring(after.get(j).start(), after.get(j).end()))
                        .as("seed %s/%s", seed, i)
                        .isEqualTo(expected);
            }
            assertThat(longer.delete(index, index + inserted.length()))
                    .as("seed %s/%s", seed, i)
                    .isEqualTo(text);
        }
    }

    @ParameterizedTest
    @ValueSource(longs = {16, 17})
    void truncate_returnsBeginningThatFits(long seed) {
        for (int i = 0; i < TEXTS; i++) {
            Random random = new Random(seed << 32 | i);
            RichText text = random(random);
            int max = random.nextInt(60);
            int maxBytes = random.nextInt(200);
            RichText head = text.truncate(max, maxBytes);

            assertThat(text.text()).as("seed %s/%s", seed, i).startsWith(head.text());
            assertThat(head.fits(max, maxBytes)).as("seed %s/%s", seed, i).isTrue();
            assertThat(isBoundary(text.text(), head.text().length()))
                    .as("seed %s/%s", seed, i)
                    .isTrue();
        }
    }
}
