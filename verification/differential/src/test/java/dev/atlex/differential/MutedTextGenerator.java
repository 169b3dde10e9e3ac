package dev.atlex.differential;

import java.util.List;
import java.util.Locale;
import java.util.Random;

/** Generates short text, and muted words that it often contains in another form. */
final class MutedTextGenerator {
    private static final List<String> WORDS = List.of(
            "idk",
            "new",
            "york",
            "New",
            "and/or",
            "and",
            "or",
            "andor",
            "s@ssy",
            "e-mail",
            "email",
            "don't",
            "dont",
            "C++",
            "f*ck",
            "snake_case",
            "a",
            "X",
            "_",
            "日本語",
            "希望",
            "本",
            "İstanbul",
            "ΑΘΉΝΑ",
            "straße",
            "😀",
            "👨‍👩‍👧",
            "é",
            "e\u0301",
            "$cash",
            "+1",
            "https://example.com/a",
            "...",
            "!!",
            "(hello)",
            "«bonjour»",
            "¿qué?",
            "１２",
            "#tag",
            "tag",
            "TAG",
            "@alice",
            "don’t",
            "em—dash",
            "two.words",
            "U.S.A.",
            "a/b/c",
            "/",
            "/s",
            "ไทย",
            "việt",
            "한국");

    private static final List<String> SEPARATORS = List.of(
            " ", " ", " ", " ", " ", "  ", "\n", "\t", "\u00a0", "\u3000", "\u200b", "\ufeff", "\u2028", "\u0085", "-",
            "/", ",", ". ", "!", "'", "_", "");

    private final Random random;

    MutedTextGenerator(Random random) {
        this.random = random;
    }

    String text() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i > 0; i--) {
            text.append(pick(WORDS)).append(pick(SEPARATORS));
        }
        return text.toString();
    }

    String word() {
        String word = pick(WORDS);
        return switch (random.nextInt(8)) {
            case 0 -> word + pick(SEPARATORS) + pick(WORDS);
            case 1 -> word.replaceAll("\\p{Punct}", "");
            case 2 -> word.replaceAll("\\p{Punct}", " ");
            case 3 -> word.toUpperCase(Locale.ROOT);
            case 4 -> pick(SEPARATORS).strip() + word;
            default -> word;
        };
    }

    private String pick(List<String> pieces) {
        return pieces.get(random.nextInt(pieces.size()));
    }
}
