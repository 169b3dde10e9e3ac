package dev.atlex.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.syntax.AtUri;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The accepted differences, each with its justification. {@code docs/differences.md} explains them. */
final class KnownDifferences {
    /** @param decidedBy the rule from the specification, or the test vector, that Atlex follows */
    record Known(String name, Predicate<Disagreement> matches, String decidedBy) {}

    /** The names of formats in messages. */
    private static final Map<String, String> LABELS = Map.of(
            "at-identifier", "AT identifier",
            "at-uri", "AT URI",
            "cid", "CID",
            "did", "DID",
            "language", "language tag",
            "nsid", "NSID",
            "record-key", "record key",
            "tid", "TID",
            "uri", "URI");

    private static final long MAX_SAFE = (1L << 53) - 1;
    private static final Pattern SCHEME = Pattern.compile("[a-zA-Z][a-zA-Z0-9+.-]*:.+", Pattern.DOTALL);
    private static final Pattern SURROGATE = Pattern.compile("ed[ab][0-9a-f]");
    private static final Pattern LINKER = Pattern.compile("[\\u094d\\u09cd\\u0acd\\u0b4d\\u0c4d\\u0d4d]");
    private static final Pattern CIDV1_OTHER_BASE = Pattern.compile("[^bQ].*");

    static final List<Known> ALL = List.of(
            new Known(
                    "name with a lone surrogate",
                    d -> d.atlex().message().startsWith("malformed JSON") && any(d, KnownDifferences::hasLoneName),
                    "data model: strings, and so the names in maps, are Unicode text in UTF-8"),
            new Known(
                    "duplicate key",
                    d -> any(d, KnownDifferences::hasDuplicates)
                            && (!d.atlex().valid() || !d.testCase().strict())
                            && d.atlex().valid() != d.reference().valid(),
                    "RFC 8259, section 4: the names within an object SHOULD be unique"),
            new Known(
                    "__proto__",
                    d -> d.atlex().valid() && d.reference().message().equals("Invalid key: __proto__"),
                    "data model: a map's keys are any strings"),
            new Known(
                    "undeclared parameter",
                    d -> d.testCase().ref().endsWith(" parameters")
                            && d.atlex().valid()
                            && d.reference().rule().equals("invalid_type")
                            && d.reference().message().startsWith("Expected one of boolean, integer"),
                    "Lexicon: unknown fields are ignored"),
            new Known(
                    "at-uri with a fragment or query",
                    d -> format(d, "at-uri") && atUriExtended(text(d.atlexAt())),
                    "Lexicon, at-uri: the restricted syntax, without query and fragment"),
            new Known(
                    "at-uri, lenient",
                    d -> !d.testCase().strict()
                            && format(d, "at-uri")
                            && text(d.atlexAt()).startsWith("at://"),
                    "AT URI: COLLECTION = NSID, RKEY = RECORD-KEY"),
            new Known(
                    "cid of version 0, padded or overlong",
                    d -> format(d, "cid") && !Cid.isValid(text(d.atlexAt()))
                            || !d.testCase().strict()
                                    && d.reference().valid()
                                    && d.atlex()
                                            .message()
                                            .matches("Expected a blob at .*got object that isn't a blob reference.*")
                                    && hasString(d.atlexAt(), "mimeType")
                                    && hasString(d.atlexAt(), "cid")
                                    && !Cid.isValid(text(field(d.atlexAt(), "cid"))),
                    "vectors: cid_syntax_invalid.txt"),
            new Known(
                    "cid in a different base",
                    d -> !d.testCase().strict()
                                    && d.atlex().valid()
                                    && d.reference().message().startsWith("Expected blob value type")
                                    && CIDV1_OTHER_BASE
                                            .matcher(text(field(d.referenceAt(), "cid")))
                                            .matches()
                            || rejected(d, "format cid")
                                    && CIDV1_OTHER_BASE
                                            .matcher(text(d.referenceAt()))
                                            .matches(),
                    "vectors: cid_syntax_valid.txt"),
            new Known(
                    "uri: scheme, length and control characters",
                    d -> format(d, "uri")
                            && (!SCHEME.matcher(text(d.atlexAt())).matches()
                                    || text(d.atlexAt()).getBytes(UTF_8).length > 8192
                                    || text(d.atlexAt()).matches("(?s).*[\\x00-\\x1f\\x7f].*")),
                    "RFC 3986: scheme = ALPHA *( ALPHA / DIGIT / \"+\" / \"-\" / \".\" ); Lexicon: at most 8 KBytes"),
            new Known(
                    "uri: part after the scheme",
                    d -> rejected(d, "format uri")
                            && SCHEME.matcher(text(d.referenceAt())).matches(),
                    "Lexicon: any URI scheme, with the generic syntax of RFC 3986; vector content-type:text/plain"),
            new Known(
                    "link in place of a string",
                    d -> d.atlex().rule().equals("type")
                            && d.atlex().message().matches("Expected a string at .*got (object|cid-link|\\*{3})\\)")
                            && hasString(d.atlexAt(), "$link"),
                    "Lexicon: a string is not a cid-link"),
            new Known(
                    "integer beyond 53 bits, lenient",
                    d -> !d.testCase().strict()
                            && d.atlex().valid()
                            && (number(d.referenceAt()) > MAX_SAFE
                                    || d.reference().rule().equals("encode")
                                            && any(d, json -> number(json) > MAX_SAFE)),
                    "data model: integers are signed and have 64 bits"),
            new Known(
                    "number that is infinite in JavaScript, lenient",
                    d -> !d.testCase().strict()
                            && d.atlex().valid()
                            && d.reference().rule().equals("encode")
                            && any(d, json -> Double.isInfinite(number(json))),
                    "data model: floats are not allowed"),
            new Known(
                    "float in an `unknown` field, lenient",
                    d -> !d.testCase().strict()
                            && d.atlex().rule().equals("encode")
                            && d.reference()
                                    .message()
                                    .startsWith("Expected one of null, boolean, integer, string, cid"),
                    "the reference's lenient mode accepts floats everywhere else; neither writes floats"),
            new Known(
                    "data model violation in an optional field, lenient",
                    d -> !d.testCase().strict()
                            && d.atlex().valid()
                            && (d.reference().rule().equals("invalid_type")
                                    || d.reference().rule().equals("invalid_value") && isNull(d.referenceAt()))
                            && (isNull(d.referenceAt())
                                    || number(d.referenceAt()) != 0
                                    || d.referenceAt() != null
                                            && d.referenceAt().isMap()),
                    "lenient mode keeps invalid fields: they read as absent and are written unchanged"),
            new Known(
                    "unexpected $type, lenient",
                    d -> !d.testCase().strict()
                            && d.atlex().valid()
                            && any(d, json -> json.isMap() && json.get("$type") != null),
                    "Lexicon: unknown fields are ignored when validating; #main means the main definition"),
            new Known(
                    "bytes in the URL-safe alphabet",
                    d -> special(d, "$bytes", "invalid $bytes", "bytes"),
                    "data model: base64 of RFC 4648, section 4; this scheme is not URL-safe"),
            new Known(
                    "link with a CID that the protocol doesn't allow",
                    d -> special(d, "$link", "invalid $link", "cid-link"),
                    "data model: CIDv1, base32 for string encoding, multicodec dag-cbor or raw"),
            new Known(
                    "blob in place of an object",
                    d -> (d.atlex().message().startsWith("a blob instead of an object")
                                    || d.atlex().message().matches("Expected an object at .*got (a )?blob\\)"))
                            && d.reference().valid(),
                    "Lexicon, unknown: the data should be a map, not a blob; data model: blobs can be detected and"
                            + " processed without access to any specific Lexicon"),
            new Known(
                    "graphemes of Unicode 18",
                    d -> d.reference().message().startsWith("grapheme too ")
                                    && LINKER.matcher(text(d.referenceAt())).find()
                            || d.atlex().rule().endsWith("Graphemes")
                                    && LINKER.matcher(text(d.atlexAt())).find(),
                    "UAX #29 of Unicode 18, GB9c: Node 22 has Unicode 17, in which a linker joins only after a "
                            + "consonant"),
            new Known(
                    "datetime, lenient",
                    d -> !d.testCase().strict() && format(d, "datetime"),
                    "the reference uses the Date parser of the JavaScript engine"),
            new Known(
                    "byte order mark before JSON",
                    d -> d.atlex().valid()
                            && d.testCase().bytes()[0] == (byte) 0xef
                            && d.reference().message().startsWith("Unexpected token '\ufeff'"),
                    "RFC 8259, section 8.1: parsers MAY ignore the presence of a byte order mark"),
            new Known(
                    "nested object (the reference has no schema for it)",
                    d -> d.atlex().valid() && d.reference().message().contains("#inline"),
                    "vectors: lexicon/catalog has nested objects, which the test turns into definitions for the reference"),
            new Known(
                    "CBOR: U+FEFF at the start of a string",
                    d -> d.testCase().json() == null
                            && d.atlex().valid()
                            && d.reference().valid()
                            && Arrays.equals(
                                    d.reference().cbor(), withoutMarks(d.atlex().cbor())),
                    "data model: strings are Unicode text in UTF-8, from which nothing is removed"),
            new Known(
                    "CBOR: surrogate in a string, lenient",
                    d -> d.testCase().json() == null
                            && !d.testCase().strict()
                            && d.atlex().cbor() != null
                            && d.reference().cbor() != null
                            && SURROGATE
                                    .matcher(HexFormat.of()
                                            .formatHex(d.testCase().bytes()))
                                    .find(),
                    "data model: strings are Unicode text in UTF-8, which can't encode surrogates; both replace "
                            + "them with U+FFFD"),
            new Known(
                    "CBOR: integer beyond 64 bits",
                    d -> d.testCase().json() == null
                            && (d.atlex().message().startsWith("integer does not fit in 64 bits")
                                            && d.reference().valid()
                                    || !d.testCase().strict()
                                            && d.atlex().message().contains("float not allowed")),
                    "data model: integers are signed and have 64 bits"),
            new Known(
                    "CBOR: malformed blob",
                    d -> d.testCase().json() == null
                            && (d.atlex().message().startsWith("invalid blob reference")
                                    || d.atlex().message().startsWith("invalid $type: expected a non-empty string"))
                            && d.reference().valid(),
                    "vectors: data-model-invalid.json, blob with missing key, which the reference checks only in JSON"),
            new Known(
                    "CBOR: link with a CID that the protocol doesn't allow",
                    d -> d.testCase().json() == null
                            && d.atlex().message().startsWith("invalid link: expected a CID of DAG-CBOR or raw data")
                            && d.reference().valid(),
                    "data model: CIDv1, multicodec dag-cbor or raw"),
            new Known(
                    "CBOR not in canonical form",
                    d -> d.testCase().json() == null
                            && !d.atlex().valid()
                            && d.reference().valid()
                            && !Arrays.equals(
                                    d.testCase().bytes(), d.reference().cbor()),
                    "data model: DAG-CBOR, normalized"));

    private KnownDifferences() {}

    static @Nullable Known find(Disagreement disagreement) {
        for (Known known : ALL) {
            if (known.matches().test(disagreement)) {
                return known;
            }
        }
        return null;
    }

    /** Returns the text of a string, or an empty one for other values. */
    private static String text(@Nullable Json json) {
        String text = json == null ? null : json.text();
        return text == null ? "" : text;
    }

    private static boolean isNull(@Nullable Json json) {
        return json != null && json.toString().equals("null");
    }

    private static @Nullable Json field(@Nullable Json json, String name) {
        return json == null ? null : json.get(name);
    }

    private static boolean hasString(@Nullable Json json, String name) {
        return !text(field(json, name)).isEmpty();
    }

    /** Returns whether only Atlex rejects the value for violating this format. */
    private static boolean format(Disagreement d, String format) {
        return d.reference().valid()
                && d.atlex().rule().equals("format")
                && d.atlex().message().startsWith("Expected a valid " + LABELS.getOrDefault(format, format) + " at ");
    }

    private static boolean rejected(Disagreement d, String message) {
        return d.atlex().valid() && d.reference().message().equals(message);
    }

    private static boolean atUriExtended(String text) {
        String restricted = text.replaceAll("(?s)[#?].*", "");
        return !restricted.equals(text)
                && (AtUri.isValid(restricted) || AtUri.isValid(restricted.replaceAll("/$", "")));
    }

    /** Returns whether only the reference accepts a value that JSON represents as a map. */
    private static boolean special(Disagreement d, String name, String malformed, String kind) {
        Predicate<Json> reads = json -> json.isMap() && json.members.size() == 1 && isRejected(json, name);
        if (d.testCase().strict()) {
            return d.atlex().message().startsWith(malformed) && d.reference().valid() && any(d, reads);
        }
        boolean different =
                d.atlex().valid() || d.atlex().message().matches("Expected (a )?(blob|" + kind + ") at .*got object.*");
        return different && d.reference().rule().matches("|invalid_type|encode") && any(d, reads);
    }

    private static boolean isRejected(Json json, String name) {
        if (!hasString(json, name)) {
            return false;
        }
        try {
            LexValue.parseJson(json.toString());
            return false;
        } catch (LexDataException e) {
            return true;
        }
    }

    /** Returns the value without the U+FEFF at the start of each string. */
    private static byte @Nullable [] withoutMarks(byte @Nullable [] cbor) {
        return cbor == null
                ? null
                : withoutMarks(LexValue.parseCbor(cbor, ReadOptions.LENIENT)).toCbor();
    }

    private static LexValue withoutMarks(LexValue value) {
        if (value instanceof LexString string) {
            return LexValue.of(withoutMark(string.value()));
        } else if (value instanceof LexArray array) {
            return LexValue.of(
                    array.stream().map(KnownDifferences::withoutMarks).toList());
        } else if (value instanceof LexMap map) {
            LexMap.Builder builder = LexMap.builder();
            map.forEach((name, field) -> builder.put(withoutMark(name), withoutMarks(field)));
            return builder.build();
        }
        return value;
    }

    private static String withoutMark(String text) {
        return text.startsWith("\ufeff") ? text.substring(1) : text;
    }

    private static double number(@Nullable Json json) {
        try {
            return json == null || json.leaf == null ? 0 : Math.abs(Double.parseDouble(json.leaf));
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static boolean any(Disagreement d, Predicate<Json> test) {
        boolean[] found = new boolean[1];
        Json json = d.testCase().json();
        if (json != null) {
            json.forEach(value -> found[0] |= test.test(value));
        }
        return found[0];
    }

    private static boolean hasDuplicates(Json json) {
        return json.isMap()
                && json.members.stream().map(member -> member.name).distinct().count() < json.members.size();
    }

    private static boolean hasLoneName(Json json) {
        return json.isMap()
                && json.members.stream()
                        .anyMatch(member -> member.name
                                .codePoints()
                                .anyMatch(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE));
    }
}
