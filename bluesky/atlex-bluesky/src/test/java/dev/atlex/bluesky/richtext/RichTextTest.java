package dev.atlex.bluesky.richtext;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import app.bsky.richtext.Facet;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests the text and links that an app would show. Upstream's own cases are in {@link VectorsTest}. */
class RichTextTest {
    private static final Did ALICE = Did.of("did:plc:ewvi7nxzyoun6zhxrhs64oiz");
    private static final String FAMILY = "👨‍👩‍👧‍👦";

    /** Returns each facet as {@code shown→value}. The shown text is decoded from the facet's bytes. */
    static List<String> shown(RichText text) {
        byte[] bytes = text.text().getBytes(UTF_8);
        return text.facets().stream().map(facet -> shown(bytes, facet)).toList();
    }

    private static String shown(byte[] bytes, Facet facet) {
        byte[] part = Arrays.copyOfRange(
                bytes, (int) facet.index().byteStart(), (int) facet.index().byteEnd());
        Segment segment = new Segment("", facet);
        Object value = segment.link() != null
                ? segment.link()
                : segment.tag() != null ? "tag " + segment.tag() : segment.mention();
        return new String(part, UTF_8) + "→" + value;
    }

    private static List<String> detected(String text) {
        return shown(RichText.detect(text).resolveMentions(handle -> ALICE, 1));
    }

    @Nested
    class Detection {
        @Test
        void offsetsAreUtf8Bytes() {
            assertThat(detected("Grüße 👋🏽 " + FAMILY + " @alice.example.com, see https://example.com/é #größe"))
                    .containsExactly(
                            "@alice.example.com→" + ALICE,
                            "https://example.com/é→https://example.com/é",
                            "#größe→tag größe");
        }

        @Test
        void plainTextHasNoFacets() {
            assertThat(RichText.of("See https://example.com #java").facets()).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "httpbin.org, httpbin.org→https://httpbin.org",
            "https.example.com/x, https.example.com/x→https://https.example.com/x"
        })
        void domainThatBeginsLikeAScheme_getsAScheme(String text, String expected) {
            assertThat(detected(text)).containsExactly(expected);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "http.notatld",
                    "https:///path",
                    "https://.",
                    "https://)",
                    "https://example.com/\u0001",
                    "@a..com",
                    "@-a.com",
                    "@.com",
                    "#⃣word",
                    "#\u0301",
                    "#\u0301word",
                    "#🏻word"
                })
        void invalidFacets_stayText(String text) {
            assertThat(detected("so " + text + " it is")).isEmpty();
        }

        @Test
        void linkLongerThan8192Bytes_staysText() {
            String path = "é".repeat(4086);

            assertThat(detected("https://example.com/" + path)).hasSize(1);
            assertThat(detected("https://example.com/" + path + "x")).isEmpty();
        }

        @ParameterizedTest
        @ValueSource(strings = {"\u200b", "\u2060", "\u200e", "\u202c", "\u2069\u200b", "\u00ad"})
        void invisibleCharacterAfterLink_isNotPartOfIt(String invisible) {
            assertThat(detected("https://example.com/a" + invisible))
                    .containsExactly("https://example.com/a→https://example.com/a");
            assertThat(detected("example.com." + invisible + " x")).containsExactly("example.com→https://example.com");
        }

        @Test
        void joinersInsideLink_stay() {
            assertThat(detected("https://example.com/" + FAMILY))
                    .containsExactly("https://example.com/" + FAMILY + "→https://example.com/" + FAMILY);
        }

        @Test
        void overlap_firstWins() {
            assertThat(detected("#(example.com https://example.com/($AB,@alice.example.com"))
                    .containsExactly(
                            "#(example.com→tag (example.com",
                            "https://example.com/($AB,@alice.example.com→https://example.com/($AB,@alice.example.com");
        }

        @Test
        void tagLimits_areGraphemesAndBytes() {
            assertThat(detected("#" + FAMILY.substring(0, 2).repeat(64))).hasSize(1);
            assertThat(detected("#" + FAMILY.substring(0, 2).repeat(65))).isEmpty();
            assertThat(detected("#" + "e\u0301".repeat(64))).hasSize(1);
            assertThat(detected("#" + "e\u0301\u0302\u0303\u0304\u0305".repeat(58)))
                    .hasSize(1);
            assertThat(detected("#" + "e\u0301\u0302\u0303\u0304\u0305".repeat(59)))
                    .isEmpty();
        }

        @ParameterizedTest
        @CsvSource({"'#a\u2e53', a", "'#a\u1b4e', a", "'#a\ud803\uded0', a", "'#a\u2e53b', a\u2e53b"})
        void newUnicodePunctuation_isStrippedOnOldJdk(String text, String tag) {
            assertThat(RichText.detect(text).segments().get(0).tag()).isEqualTo(tag);
        }

        @Test
        void windowsLineEndings_areRecognized() {
            assertThat(detected("#a\r\n#b\r\n@alice.example.com\r\nexample.com\r\n"))
                    .hasSize(4);
        }

        @Test
        void loneSurrogates_areReplaced() {
            RichText text = RichText.detect("\ud83d #a\udc00 \udc00\ud83d https://example.com/\ud800");

            assertThat(text.text()).isEqualTo("\ufffd #a\ufffd \ufffd\ufffd https://example.com/\ufffd");
            assertThat(shown(text))
                    .containsExactly("#a\ufffd→tag a\ufffd", "https://example.com/\ufffd→https://example.com/\ufffd");
        }
    }

    @Nested
    class Mentions {
        private final RichText text =
                RichText.detect("Hi @Alice.example.com, @bob.example.com and @alice.EXAMPLE.com!");

        @Test
        void mentions_areListedOnceInLowerCase() {
            assertThat(text.mentions())
                    .extracting(Object::toString)
                    .containsExactly("alice.example.com", "bob.example.com");
            assertThat(text.facets()).isEmpty();
        }

        @Test
        void unresolved_staysTextAndIsReported() {
            RichText resolved = text.resolveMentions(handle -> handle.toString().startsWith("alice") ? ALICE : null);

            assertThat(shown(resolved)).containsExactly("@Alice.example.com→" + ALICE, "@alice.EXAMPLE.com→" + ALICE);
            assertThat(resolved.text()).isEqualTo(text.text());
            assertThat(resolved.mentions()).isEmpty();
            assertThat(resolved.unresolvedMentions())
                    .extracting(Object::toString)
                    .containsExactly("bob.example.com");
        }

        @ParameterizedTest
        @ValueSource(ints = {1, 4})
        void lookupThatThrows_doesNotStopOthers(int parallelism) {
            RichText resolved = text.resolveMentions(
                    handle -> {
                        if (handle.toString().startsWith("bob")) {
                            throw new IllegalStateException("no network");
                        }
                        return ALICE;
                    },
                    parallelism);

            assertThat(resolved.facets()).hasSize(2);
            assertThat(resolved.unresolvedMentions()).hasSize(1);
        }

        @Test
        void pendingMention_movesWithTheText() {
            RichText moved = text.insert(0, "😀 ").delete(3, 6).resolveMentions(handle -> ALICE, 1);

            assertThat(shown(moved)).first().isEqualTo("@Alice.example.com→" + ALICE);
        }
    }

    @Nested
    class Edits {
        private final RichText text = RichText.detect("see https://example.com #java");

        @Test
        void insert_countsBytes() {
            assertThat(shown(text.insert(0, "😀é")))
                    .containsExactly("https://example.com→https://example.com", "#java→tag java");
            assertThat(shown(text.insert(text.text().indexOf("java"), "ü")))
                    .last()
                    .isEqualTo("#üjava→tag java");
        }

        @Test
        void insert_atEdgeOfFacet_staysOutside() {
            RichText edited = text.insert(4, "(").insert(24, ")");

            assertThat(edited.text()).isEqualTo("see (https://example.com) #java");
            assertThat(shown(edited)).first().isEqualTo("https://example.com→https://example.com");
        }

        @Test
        void delete_shrinksMovesAndRemovesFacets() {
            assertThat(shown(text.delete(0, 4))).hasSize(2);
            assertThat(shown(text.delete(0, 12))).containsExactly("example.com→https://example.com", "#java→tag java");
            assertThat(shown(text.delete(3, 24))).containsExactly("#java→tag java");
        }

        @Test
        void indexesAreChecked() {
            RichText emoji = RichText.of("a😀");

            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> emoji.insert(4, "x"));
            assertThatExceptionOfType(IndexOutOfBoundsException.class).isThrownBy(() -> emoji.delete(2, 1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> emoji.insert(2, "x"))
                    .withMessageContaining("surrogate pair");
        }

        @Test
        void shortenLinks_keepsUrisAndOffsets() {
            RichText shorter = RichText.detect(
                            "é https://example.com/a/very/long/path?with=query, http://EXAMPLE.org/ #é https://x.org/😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀")
                    .shortenLinks();

            assertThat(shown(shorter))
                    .containsExactly(
                            "example.com/a/very/long/...→https://example.com/a/very/long/path?with=query",
                            "example.org→http://EXAMPLE.org/",
                            "#é→tag é",
                            "x.org/😀😀😀😀😀😀😀😀😀😀😀😀...→https://x.org/😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀😀");
        }

        @Test
        void shortenLinks_hidesUserNamesAndKeepsOtherText() {
            assertThat(RichText.detect("https://bank.example@evil.example/x")
                            .shortenLinks()
                            .text())
                    .isEqualTo("evil.example/x");
            RichText named =
                    RichText.builder().link("the page", "https://example.com").build();
            assertThat(named.shortenLinks()).isEqualTo(named);
            RichText bare = RichText.detect("example.com/a/very/long/path/to/a/page");
            assertThat(bare.shortenLinks()).isEqualTo(bare);
        }

        @Test
        void cleanNewlines_movesFacets() {
            RichText clean =
                    RichText.detect("é\n\n \n\n#a\r\n\r\n\r\nexample.com").cleanNewlines();

            assertThat(clean.text()).isEqualTo("é\n\n#a\n\nexample.com");
            assertThat(shown(clean)).containsExactly("#a→tag a", "example.com→https://example.com");
        }
    }

    @Nested
    class Truncation {
        @Test
        void shortText_isUnchanged() {
            RichText text = RichText.detect("short #text");

            assertThat(text.truncate(11, 11, "…")).isSameAs(text);
        }

        @Test
        void countsGraphemesAndBytes() {
            RichText text = RichText.of("ab" + FAMILY + "cd");

            assertThat(text.truncate(3, 100).text()).isEqualTo("ab" + FAMILY);
            assertThat(text.truncate(3, 100, "…").text()).isEqualTo("ab…");
            assertThat(text.truncate(100, 26).text()).isEqualTo("ab");
            assertThat(text.truncate(100, 27).text()).isEqualTo("ab" + FAMILY);
            assertThat(text.truncate(0, 0).text()).isEmpty();
        }

        @Test
        void facetsAreLeftOutWhole() {
            RichText text = RichText.detect("look at https://example.com/a/b and #tags");

            RichText cut = text.truncate(20, 3000, "…");
            assertThat(cut.text()).isEqualTo("look at…");
            assertThat(cut.facets()).isEmpty();
            assertThat(shown(text.truncate(33, 3000, "…")))
                    .containsExactly("https://example.com/a/b→https://example.com/a/b");
        }

        @Test
        void linkAtBeginning_isShortenedButKeepsTarget() {
            assertThat(shown(RichText.detect("https://example.com/a/b").truncate(12, 3000, "…")))
                    .containsExactly("https://exa→https://example.com/a/b");
            assertThat(RichText.detect("#abcdefgh").truncate(5, 3000).facets()).isEmpty();
        }

        @Test
        void noRoomForTheEllipsis_throws() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> RichText.of("abc").truncate(2, 2, "…"))
                    .withMessageContaining("room for the ellipsis");
        }
    }

    @Nested
    class Building {
        @Test
        void partsBecomeFacets() {
            RichText text = RichText.builder()
                    .text("Größe: ")
                    .link("this site", URI.create("https://example.com"))
                    .text(" by ")
                    .mention("Alice", ALICE)
                    .text(" and ")
                    .mention("@bob.example.com")
                    .text(" ")
                    .tag("java")
                    .tag("$ACME")
                    .add(RichText.detect(" 😀 example.org"))
                    .build();

            assertThat(text.text())
                    .isEqualTo("Größe: this site by Alice and @bob.example.com #java$ACME 😀 example.org");
            assertThat(shown(text.resolveMentions(handle -> ALICE, 1)))
                    .containsExactly(
                            "this site→https://example.com",
                            "Alice→" + ALICE,
                            "@bob.example.com→" + ALICE,
                            "#java→tag java",
                            "$ACME→tag $ACME",
                            "example.org→https://example.org");
        }

        @Test
        void adjacentHalvesOfSurrogatePair_areReplaced() {
            RichText text =
                    RichText.builder().text("\ud83d").text("\ude00").tag("a").build();

            assertThat(text.text()).isEqualTo("\ufffd\ufffd#a");
            assertThat(shown(text)).containsExactly("#a→tag a");
        }

        @Test
        void invalidParts_areRefused() {
            RichTextBuilder builder = RichText.builder();

            assertThatExceptionOfType(InvalidSyntaxException.class).isThrownBy(() -> builder.link("x", "example.com"));
            assertThatExceptionOfType(InvalidSyntaxException.class).isThrownBy(() -> builder.mention("alice"));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.link(" ", "https://example.com"));
            assertThatIllegalArgumentException().isThrownBy(() -> builder.mention("", ALICE));
            for (String tag : List.of("", "#", "a b", "x".repeat(65), "e\u0301\u0302\u0303\u0304\u0305".repeat(60))) {
                assertThatIllegalArgumentException().as(tag).isThrownBy(() -> builder.tag(tag));
            }
            assertThat(builder.build().text()).isEmpty();
        }

        @Test
        void markdownLinks_becomeFacets() {
            RichText text = RichText.markdown(
                    "é [this **site**](https://example.com/a_(b)), [not](javascript:x), \\[x\\](https://y.com) [ ](https://z.com) #a [b][c](http://c.com)");

            assertThat(text.text())
                    .isEqualTo("é this **site**, [not](javascript:x), [x](https://y.com) [ ](https://z.com) #a [b]c");
            assertThat(shown(text))
                    .containsExactly(
                            "this **site**→https://example.com/a_(b)",
                            "https://y.com→https://y.com",
                            "https://z.com→https://z.com",
                            "#a→tag a",
                            "c→http://c.com");
        }

        @Test
        void markdownLink_mayHaveBracketsButNoLinkInIt() {
            assertThat(shown(RichText.markdown("[see [1]](https://a.com/(x)) [[b](c)](https://b.com)")))
                    .containsExactly("see [1]→https://a.com/(x)", "[b](c)→https://b.com");
            assertThat(shown(RichText.markdown("[a [b](https://b.com) c](d)"))).containsExactly("b→https://b.com");
            assertThat(RichText.markdown("[a [b](https://b.com) c](d) ]").text())
                    .isEqualTo("[a b c](d) ]");
        }

        @Test
        void markdownLink_winsOverDetection() {
            assertThat(shown(RichText.markdown("see [example.com](https://example.org/x) and #a[b](https://b.com)")))
                    .containsExactly("example.com→https://example.org/x", "b→https://b.com");
        }
    }

    @Nested
    class ReadBack {
        private Facet link(long start, long end) {
            return Span.of(start, end, Span.link("https://example.com")).toFacet();
        }

        @Test
        void facetsAreKeptUnchanged() {
            List<Facet> facets = List.of(link(0, 3), link(2, 9), link(50, 60));

            assertThat(RichText.of("red big dog", facets).facets()).isEqualTo(facets);
        }

        @Test
        void facetInsideACharacter_isNotShown() {
            RichText text = RichText.of("a😀b", List.of(link(0, 3), link(2, 5), link(5, 6)));

            assertThat(text.segments()).extracting(Segment::text).containsExactly("a😀", "b");
            assertThat(text.segments()).extracting(Segment::link).containsExactly(null, "https://example.com");
        }

        @Test
        void facetBeyondTheText_isNotShown() {
            RichText text = RichText.of(
                    "abc", List.of(link(2, Long.MAX_VALUE), link(5, 7), link(9_000_000_000L, 9_000_000_001L)));

            assertThat(text.segments()).extracting(Segment::text).containsExactly("ab", "c");
            assertThat(text.append("d").text()).isEqualTo("abcd");
        }
    }
}
