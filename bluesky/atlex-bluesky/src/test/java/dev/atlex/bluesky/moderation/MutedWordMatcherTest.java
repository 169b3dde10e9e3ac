package dev.atlex.bluesky.moderation;

import static dev.atlex.bluesky.moderation.Views.muted;
import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.ActorDefs.MutedWord;
import dev.atlex.syntax.Datetime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Tests whether text contains a muted word. */
class MutedWordMatcherTest {
    private static final Instant NOW = Instant.parse("2026-01-01T00:00:00Z");

    private static List<MutedWordMatch> match(
            MutedWord word, String text, List<String> tags, @Nullable String language) {
        return new MutedWordMatcher(List.of(word))
                .match(new SearchedText.Section(text, tags, language, Views.author()), NOW);
    }

    private static boolean matches(String word, String text) {
        return !match(muted(word), text, List.of(), "en").isEmpty();
    }

    /** The muted word, the text, and the part that matches, if any. */
    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', nullValues = "no", textBlock = """
            cat        | cat                   | cat
            CAT        | My Cat sleeps         | cat
            cat        | my CAT.               | cat.
            cat        | "(cat)!"              | "(cat)!"
            cat        | cats                  | no
            cat        | concatenate           | no
            cat        | #cat                  | #cat
            cat        | @cat.example.com      | @cat.example.com
            cat        | my cat's bowl         | cat's
            cats       | my cat's bowl         | cat's
            c          | concatenate           | c
            c-4        | some C-4 here         | c-4
            c4         | some C-4 here         | c-4
            c 4        | some C-4 here         | c-4
            new york   | in New York today     | new york
            new york   | in New-York today     | new-york
            newyork    | in New_York today     | new_york
            york       | in New-York today     | new-york
            new york   | new and york          | no
            s@ssy      | so s@ssy              | s@ssy
            ssy        | so s@ssy              | s@ssy
            sassy      | so s@ssy              | no
            and/or     | this and/or that      | and/or
            andor      | this and/or that      | no
            andor      | andor and/or          | andor
            andor      | and/or andor          | no
            longerthan | a/b longerthan        | longerthan
            longerthan | a/b cc/dddddddddd longerthan | no
            #spoiler   | a #spoiler            | #spoiler
            !!         | what!!                | !!
            ...        | and then...           | ...
            $          | $$$                   | $
            +1         | +1 from me            | +1
            don’t      | I don’t               | don’t
            dont       | I don’t               | don’t
            ёж         | Ёж!                   | ёж!
            ΣΊΣΥΦΟΣ    | ο Σίσυφος             | σίσυφος
            σίσυφοσ    | ο ΣΊΣΥΦΟΣ-            | σίσυφος-
            """)
    void wordsInText(String word, String text, @Nullable String part) {
        List<MutedWordMatch> matches = match(muted(word), text, List.of(), "en");

        if (part == null) {
            assertThat(matches).isEmpty();
        } else {
            assertThat(matches)
                    .extracting(match -> MutedWordMatcher.fold(match.text().toLowerCase(Locale.ROOT)))
                    .containsExactly(MutedWordMatcher.fold(part));
        }
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', textBlock = """
            希望 | これは希望です | ja | true
            希望 | これは希望です | en | false
            希望 | これは希望です | '' | false
            希望 | これは希望です | ja-JP | false
            希望 | 希望 です | en | true
            世界 | 改变世界吧 | zh | true
            세계 | 안녕세계야 | ko | true
            cat | concatenate | vi | true
            cat | concatenate | th | true
            """)
    void languagesWithoutSpaces_matchAnyPart(String word, String text, String language, boolean expected) {
        assertThat(match(muted(word), text, List.of(), language.isEmpty() ? null : language)
                        .isEmpty())
                .isNotEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(strings = {" ", "\t", "\n", "\u000b", "\u00a0", "\u3000", "\ufeff", "\u2028"})
    void whiteSpace_separatesWords(String space) {
        assertThat(matches("cat", "a" + space + "cat")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"\u200b", "\u0085", "\u001c", "\u180e", "+"})
    void otherCharacters_doNotSeparateWords(String character) {
        assertThat(matches("cat", "a" + character + "cat")).isFalse();
    }

    @Test
    void tags_matchAsAWhole() {
        MutedWord tag = muted("Cat", w -> w.targets("tag"));

        assertThat(match(tag, "", List.of("dog", "CAT"), null))
                .extracting(MutedWordMatch::text)
                .containsExactly("Cat");
        assertThat(match(tag, "", List.of("cats"), null)).isEmpty();
        assertThat(match(tag, "a cat", List.of(), null)).isEmpty();
        assertThat(match(muted("cat", w -> w.targets("content")), "", List.of("cat"), null))
                .hasSize(1);
        assertThat(match(muted("cat", w -> w.targets("later")), "a cat", List.of(), null))
                .isEmpty();
    }

    @ParameterizedTest
    @CsvSource({
        "2025-12-31T23:59:59.999Z, false",
        "2026-01-01T00:00:00.000Z, true",
        "2999-01-01T00:00:00.000Z, true",
        "2026-01-01T08:59:59.999+09:00, false",
        "2025-12-31T23:00:00.000-09:00, true",
        "whenever, true"
    })
    void expiredWord_isIgnored(String expires, boolean expected) {
        Consumer<MutedWord.Builder> expiry = w -> w.expiresAt(Datetime.unchecked(expires));

        assertThat(match(muted("cat", expiry), "a cat", List.of(), null).isEmpty())
                .isNotEqualTo(expected);
    }

    @Test
    void allMatches_areReported() {
        MutedWordMatcher matcher = new MutedWordMatcher(List.of(muted("cat"), muted("bird"), muted("dog")));

        assertThat(matcher.match(new SearchedText.Section("Dog, cat", List.of(), null, Views.author()), NOW))
                .extracting(match -> match.word().value())
                .containsExactly("cat", "dog");
    }

    @Test
    void emptyWord_doesNotThrow() {
        assertThat(matches("", "cat")).isFalse();
        assertThat(matches("", "")).isTrue();
        assertThat(matches("", "two  spaces")).isTrue();
    }

    /** With a megabyte of text and a thousand muted words, comparing each word with each would be slow. */
    @Test
    @Timeout(20)
    void longTextAndManyWords_takeLinearTime() {
        List<MutedWord> words = new ArrayList<>();
        for (int i = 0; i < 1_000; i++) {
            words.add(muted("word" + i));
        }
        String text = "word-x/y a.b.c.d ".repeat(30_000) + "-".repeat(300_000) + "a" + "-.".repeat(150_000);
        MutedWordMatcher matcher = new MutedWordMatcher(words);

        long start = System.nanoTime();
        assertThat(matcher.match(new SearchedText.Section(text, List.of(), null, Views.author()), NOW))
                .isEmpty();
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(10));
    }

    @Test
    void loneSurrogates_doNotThrow() {
        assertThat(matches("cat", "\ud800 cat\udc00 \udc00.cat")).isTrue();
        assertThat(matches("\ud800", "a\ud800")).isTrue();
    }
}
