package dev.atlex.differential;

import java.util.List;
import java.util.Random;

/**
 * Generates text from pieces that the rules for rich text treat differently. The pieces are valid or not, in any order.
 */
final class RichTextGenerator {
    private static final List<String> SEPARATORS = List.of(
            " ", " ", " ", " ", "\n", "\r\n", "\t", "(", ")", ".", ",", ":", "!", "\u00a0", "\u3000", "\u200b",
            "\u200d", "\ufeff", "\u2028");

    private static final List<String> STARTS = List.of(
            "@",
            "@",
            "#",
            "#",
            "#",
            "＃",
            "$",
            "$",
            "https://",
            "http://",
            "HTTPS://",
            "ftp://",
            "(@",
            "(#",
            "($",
            "(https://",
            "##",
            "@@",
            "#️⃣",
            "#\u20e3",
            "\"",
            "[",
            "-");

    private static final List<String> WORDS = List.of(
            "a",
            "B",
            "alice",
            "example",
            "example.com",
            "EXAMPLE.com",
            "example.COM",
            "bob.test",
            "www.example.org",
            "a.b",
            "my-site.net",
            "site.nosuchtld",
            "http.org",
            "httpbin.org",
            "co.uk",
            "1",
            "42",
            "2x",
            "x2",
            "ACME",
            "acme",
            "A1B2C",
            "TOOLONG",
            "tag",
            "tag_one",
            "_",
            "-",
            "--",
            "..",
            "…",
            "é",
            "e\u0301",
            "日本",
            "語。",
            "😀",
            "👍🏽",
            "👨‍👩‍👧‍👦",
            "🇩🇪",
            "\u0301",
            "\u200c",
            "\u00ad",
            "\u2060",
            "\u20e2",
            "\u20e3",
            "\ufe0f",
            "\u0600",
            "\u200e",
            "क्ष",
            "\u094d",
            "١",
            "Ⅷ",
            "\u061d",
            "\u2e53",
            "\ud83d",
            "\ude00",
            "'s",
            "\u2019s",
            "/path",
            "/a(b)",
            "/a?b=c",
            "#frag",
            "😀",
            ":80",
            "/é",
            "https",
            "http",
            "//",
            "/",
            "\u0001",
            "\u007f",
            "&",
            "%20",
            "*",
            "`",
            "~",
            "|",
            "x".repeat(63),
            "e\u0301\u0302\u0303".repeat(64),
            "long-label-".repeat(7));

    private final Random random;

    RichTextGenerator(Random random) {
        this.random = random;
    }

    String next() {
        StringBuilder text = new StringBuilder();
        for (int i = random.nextInt(8); i >= 0; i--) {
            if (random.nextInt(3) > 0) {
                text.append(pick(STARTS));
            }
            for (int j = random.nextInt(4); j > 0; j--) {
                text.append(random.nextInt(12) == 0 ? randomChar() : pick(WORDS));
            }
            for (int j = random.nextInt(3); j > 0; j--) {
                text.append(pick(SEPARATORS));
            }
        }
        return text.toString();
    }

    private String randomChar() {
        int bound = random.nextBoolean() ? 0x80 : random.nextBoolean() ? 0x3000 : 0x20000;
        return Character.toString(random.nextInt(bound));
    }

    private String pick(List<String> pieces) {
        return pieces.get(random.nextInt(pieces.size()));
    }
}
