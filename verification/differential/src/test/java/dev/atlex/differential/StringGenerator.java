package dev.atlex.differential;

import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;

/**
 * Generates strings that have a format or nearly have it, and strings whose lengths in characters, bytes and graphemes
 * differ.
 */
final class StringGenerator {
    static final String RAW_CID = "bafkreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454";
    static final String CBOR_CID = "bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a";
    private static final String V0_CID = "QmdfTbBqBPQ7VNxZEYEj14VmRuZBkqFbiwReogJgS1zR1n";
    private static final List<String> CIDS = List.of(
            RAW_CID,
            CBOR_CID,
            V0_CID,
            "zb2rhe5P4gXftAwvA4eXQ5HJwsER2owDyS9sKaQRRVQPn93bA",
            "bafkrgqhhyivzstcz3hhswshfjgy6ertgmnqeleynhwt4dlfsthi4hn7zgh4uvlsb5xncykzapi3ocd4lzogukir6ksdy6wzrnz6ohnv4aglcs",
            "BAFKREIE5CVV4H45FEADGEUWHBCUTMH6T2CESEOCCKAHDOE6UAT64ZMZ454",
            "f01551220" + "9d156bc3f3a5200662529c708a933fd3d089244382500e3713d405fdccb33ceb0",
            RAW_CID + "=",
            "bafkqaaa",
            "bafy",
            "b",
            "");

    private static final Map<String, List<String>> ALL_FORMATS = Map.ofEntries(
            Map.entry(
                    "did",
                    List.of(
                            "did:plc:44ybard66vv44zksje25o7dz",
                            "did:web:example.com",
                            "did:web:localhost%3A3000",
                            "did:key:zQ3shZc2QzApp2oymGvQbzP8eKheVshBHbU4ZYjeXqwSKEn6N",
                            "did:a:b",
                            "did:example:a:b:c",
                            "did:method:val-._%20",
                            "did:" + "m".repeat(20) + ":" + "a".repeat(2023),
                            "did:" + "m".repeat(20) + ":" + "a".repeat(2024))),
            Map.entry(
                    "handle",
                    List.of(
                            "alice.example.com",
                            "a.co",
                            "XX.LCS.MIT.EDU",
                            "xn--ls8h.test",
                            "john.test",
                            "8.cn",
                            "laptop.local",
                            "blah.arpa",
                            "handle.invalid",
                            "a." + "b".repeat(63) + ".com",
                            "a." + "b".repeat(64) + ".com",
                            ("a".repeat(60) + ".").repeat(4) + "example",
                            ("a".repeat(60) + ".").repeat(4) + "examples12",
                            "alice.exa-mple.c0m",
                            "john.0")),
            Map.entry(
                    "at-uri",
                    List.of(
                            "at://did:web:example.com/app.bsky.feed.post/3jzfcijpj2z2a",
                            "at://alice.example.com",
                            "at://alice.example.com/app.bsky.feed.post",
                            "at://did:plc:44ybard66vv44zksje25o7dz/app.bsky.graph.list/self",
                            "at://alice.example.com/app.bsky.feed.post/",
                            "at://alice.example.com/",
                            "at://alice.example.com#/frag",
                            "at://alice.example.com/app.bsky.feed.post/rkey#/a/b",
                            "at://alice.example.com?x=y",
                            "at://alice.example.com/App.Bsky.Feed.Post/a",
                            "at://alice.example.com/a.b.c/..",
                            "AT://alice.example.com",
                            "at://did:plc:" + "a".repeat(8192))),
            Map.entry("cid", CIDS),
            Map.entry(
                    "datetime",
                    List.of(
                            "2026-01-01T00:00:00Z",
                            "2026-01-01T00:00:00.123456+01:00",
                            "1985-04-12T23:20:50.123-00:01",
                            "1985-04-12T23:20:50.123-00:00",
                            "2024-02-29T12:00:00.1Z",
                            "2023-02-29T12:00:00Z",
                            "2026-02-30T00:00:00Z",
                            "2026-13-01T00:00:00Z",
                            "2026-12-31T23:59:60Z",
                            "2026-01-01T24:00:00Z",
                            "0000-01-01T00:00:00Z",
                            "0001-01-01T00:00:00+00:01",
                            "-0001-01-01T00:00:00Z",
                            "10000-01-01T00:00:00Z",
                            "2026-01-01T00:00:00+23:59",
                            "2026-01-01T00:00:00+24:00",
                            "2026-01-01T00:00:00+18:01",
                            "2026-01-01T00:00:00",
                            "2026-01-01T00:00:00+0100",
                            "2026-01-01 00:00:00Z",
                            "2026-01-01t00:00:00z",
                            "2026-01-01",
                            "2026-01-01T00:00Z",
                            "2026-1-1T0:0:0Z",
                            "2026-01-01T00:00:00." + "1".repeat(43) + "Z",
                            "2026-01-01T00:00:00." + "1".repeat(44) + "Z",
                            "Thu, 01 Jan 2026 00:00:00 GMT")),
            Map.entry(
                    "language",
                    List.of(
                            "de",
                            "pt-BR",
                            "zh-Hant-TW",
                            "i-navajo",
                            "x-private",
                            "en-a-bbb-x-a",
                            "jbo",
                            "de-419-DE",
                            "a",
                            "en-US-US",
                            "de-1901-1901",
                            "en-GB-oed",
                            "EN",
                            "abcdefghi",
                            "en-",
                            "und",
                            "sl-rozaj-biske-1994")),
            Map.entry(
                    "nsid",
                    List.of(
                            "app.bsky.feed.post",
                            "com.example.fooBar",
                            "a.b.c",
                            "net.users.bob.ping",
                            "com.Example.foo",
                            "com.example",
                            "com.example.foo-bar",
                            "com.example.3foo",
                            "com.example.foo3",
                            "com." + "o".repeat(63) + ".foo",
                            "com." + "o".repeat(64) + ".foo",
                            "com.example." + "o".repeat(63),
                            "com.example." + "o".repeat(64),
                            ("o".repeat(60) + ".").repeat(4) + "example.foo",
                            ("o".repeat(60) + ".").repeat(4) + "exampleabc.foo",
                            "com.example.*")),
            Map.entry(
                    "record-key",
                    List.of(
                            "self",
                            "3jzfcijpj2z2a",
                            "a".repeat(512),
                            "a".repeat(513),
                            "~1.2-3_",
                            "pre:fix",
                            ".",
                            "..",
                            "_",
                            "a/b",
                            "")),
            Map.entry(
                    "tid",
                    List.of(
                            "3jzfcijpj2z2a",
                            "2222222222222",
                            "7777777777777",
                            "jzzzzzzzzzzzz",
                            "kzzzzzzzzzzzz",
                            "3jzfcijpj2z2",
                            "3jzfcijpj2z2aa",
                            "3jzfcijpj2z21")),
            Map.entry(
                    "uri",
                    List.of(
                            "https://example.com/a?b#c",
                            "http://a",
                            "did:plc:abc",
                            "at://handle.example.com",
                            "mailto:a@example.com",
                            "file:///etc/passwd",
                            "git+ssh://host/path",
                            "content-type:text/plain",
                            "dns:example.com",
                            "1http://example.com",
                            "example.com",
                            "https:",
                            "https://example.com/\u00e9",
                            "https://example.com/ a",
                            "https://example.com/\u00a0a",
                            "https://example.com/\u0085a",
                            "https://example.com/\ufeffa",
                            "https://" + "a".repeat(8183),
                            "https://" + "a".repeat(9000))));

    /** Sorted, because the iteration order of {@code Map.ofEntries} differs between runs. */
    private static final Map<String, List<String>> FORMATS = new TreeMap<>(ALL_FORMATS);

    /** Single graphemes of one or more characters and bytes. */
    private static final List<String> GRAPHEMES = List.of(
            "a",
            "Z",
            "0",
            " ",
            "é",
            "e\u0301",
            "ß",
            "한",
            "\u1112\u1161\u11ab",
            "日",
            "😀",
            "👍🏽",
            "👨‍👩‍👧‍👦",
            "🇩🇪",
            "🏴\u200d☠️",
            "\r\n",
            "क्ष",
            "ก็",
            "\u0000",
            "\u200b",
            "\ufeff",
            "\ufffd",
            "\u0600a",
            "🫨");
    /** Parts of graphemes. */
    private static final List<String> PIECES = List.of(
            "\u0301",
            "\u200d",
            "\ufe0f",
            "🏽",
            "🇩",
            "\u1112",
            "\u1161",
            "\u11ab",
            "\u094d",
            "\u0915",
            "\r",
            "\n",
            "\u0600",
            "\ud83d",
            "\ude00",
            "\ud800",
            "\udfff",
            "👨",
            "☠",
            "\u0903",
            "\u034f",
            "\u0000",
            "\u2028",
            "\u0e33",
            "\u0d4d",
            "\u0d15",
            "\u200c",
            "\ufff9",
            "\udb40\udc20");

    private static final String ALPHABET =
            "azAZ019.:-_~/#?%+=@ \t\n\"\\,;é\u00a0\u0085\ufeff\u2028😀\u0000*$!'()[]{}|^<>`&";

    private final Random random;

    StringGenerator(Random random) {
        this.random = random;
    }

    /** Returns a string in this format, or one that is almost valid. */
    String ofFormat(String format) {
        if (format.equals("at-identifier")) {
            return ofFormat(random.nextBoolean() ? "did" : "handle");
        }
        return pick(FORMATS.getOrDefault(format, List.of("none")));
    }

    /** Returns a string in any format. */
    String ofAnyFormat() {
        return pick(pick(List.copyOf(FORMATS.values())));
    }

    /** Returns the string with some characters inserted, removed, doubled or changed. */
    String edited(String text) {
        StringBuilder edited = new StringBuilder(text);
        for (int i = 1 + random.nextInt(3); i > 0; i--) {
            int at = edited.length() == 0 ? 0 : random.nextInt(edited.length() + 1);
            char c = ALPHABET.charAt(random.nextInt(ALPHABET.length()));
            switch (random.nextInt(8)) {
                case 0 -> edited.insert(at, c);
                case 1 -> edited.append(c);
                case 2 -> edited.insert(0, c);
                case 3 -> {
                    if (at < edited.length()) {
                        edited.deleteCharAt(at);
                    }
                }
                case 4 -> {
                    if (at < edited.length()) {
                        edited.setCharAt(at, c);
                    }
                }
                case 5 -> {
                    if (at < edited.length()) {
                        edited.insert(at, edited.charAt(at));
                    }
                }
                case 6 -> {
                    if (at < edited.length()) {
                        char old = edited.charAt(at);
                        edited.setCharAt(
                                at,
                                Character.isUpperCase(old) ? Character.toLowerCase(old) : Character.toUpperCase(old));
                    }
                }
                default -> edited.setLength(at);
            }
        }
        return edited.toString();
    }

    /** Returns a string with this many graphemes, or fewer if adjacent ones combine. */
    String ofGraphemes(int count) {
        StringBuilder text = new StringBuilder();
        boolean plain = random.nextBoolean();
        for (int i = 0; i < count; i++) {
            String grapheme = plain ? "x" : pick(GRAPHEMES);
            text.append(grapheme);
        }
        return text.toString();
    }

    /** Returns a string with this many bytes in UTF-8. */
    String ofBytes(int count) {
        StringBuilder text = new StringBuilder();
        int left = count;
        while (left > 0) {
            int width = 1 + random.nextInt(Math.min(4, left));
            text.append(width == 1 ? "a" : width == 2 ? "é" : width == 3 ? "日" : "😀");
            left -= width;
        }
        return text.toString();
    }

    String pieces(int count) {
        StringBuilder text = new StringBuilder();
        for (int i = 0; i < count; i++) {
            text.append(pick(random.nextInt(3) == 0 ? GRAPHEMES : PIECES));
        }
        return text.toString();
    }

    String cid() {
        return random.nextInt(3) > 0 ? pick(CIDS) : edited(pick(CIDS));
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }
}
