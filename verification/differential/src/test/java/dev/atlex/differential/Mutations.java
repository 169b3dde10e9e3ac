package dev.atlex.differential;

import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BlobDef;
import dev.atlex.schema.document.Definition.BytesDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.Definition.UnknownDef;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Breaks values, each in a way that the definition at the place suggests. Some stay valid all the same. */
final class Mutations {
    static final Map<String, String> VALID = Map.ofEntries(
            Map.entry("at-identifier", "alice.example.com"),
            Map.entry("at-uri", "at://did:web:example.com/app.bsky.feed.post/3jzfcijpj2z2a"),
            Map.entry("cid", Strings.CBOR_CID),
            Map.entry("datetime", "2026-01-01T00:00:00.000Z"),
            Map.entry("did", "did:plc:44ybard66vv44zksje25o7dz"),
            Map.entry("handle", "alice.example.com"),
            Map.entry("language", "pt-BR"),
            Map.entry("nsid", "app.bsky.feed.post"),
            Map.entry("record-key", "self"),
            Map.entry("tid", "3jzfcijpj2z2a"),
            Map.entry("uri", "https://example.com/"));

    private static final List<String> NUMBERS = List.of(
            "0",
            "-0",
            "-0.0",
            "1.0",
            "1e3",
            "1E+2",
            "1.5",
            "1e-400",
            "1e400",
            "-1e400",
            "1e308",
            "9007199254740991",
            "9007199254740992",
            "-9007199254740991",
            "-9007199254740992",
            "9007199254740993",
            "9223372036854775807",
            "9223372036854775808",
            "18446744073709551616",
            "9007199254740991.4",
            "9007199254740990.5",
            "1e15",
            "1e16",
            "0.1e1",
            "123456789012345678901234567890",
            "2147483648",
            "-2147483649",
            "4294967296",
            "255",
            "256",
            "65536",
            "23",
            "24",
            "-24",
            "-25",
            "1e-1",
            "100e-2",
            "0e99999",
            "1" + "0".repeat(400),
            "0." + "0".repeat(50) + "1");
    private static final List<String> BROKEN = List.of(
            "",
            "01",
            "+1",
            "1.",
            ".5",
            "NaN",
            "Infinity",
            "-",
            "nul",
            "TRUE",
            "'a'",
            "\"a",
            "\"\t\"",
            "\"\\x\"",
            "\"\\u12\"",
            "{",
            "[1,]",
            "{\"a\":1,}",
            "{a:1}",
            "[1 2]",
            "1 2",
            "/* c */ 1",
            "\ufeff1",
            "\"\\ud800\"",
            "\"\\udc00\\ud800\"",
            "\"\\u0000\"",
            "\u00a01",
            "\f1",
            "undefined",
            "0x10",
            "1_000",
            "\"\u007f\"",
            "\"\u2028\"",
            " \t\r\n1 ");
    private static final List<String> NAMES = List.of(
            "extra",
            "",
            "__proto__",
            "constructor",
            "toString",
            "hasOwnProperty",
            "$type",
            "$link",
            "$bytes",
            "$unknown",
            "#a",
            "a.b",
            "é",
            "😀",
            "\ud800",
            "\udc00\ud800",
            "\u0000",
            "key",
            "KEY",
            "ref",
            "cid",
            "mimeType",
            "length",
            "0",
            "1",
            "10",
            "-1",
            "a".repeat(300),
            "proto",
            "valueOf",
            "\ufeffkey",
            "\uffff",
            "\ue000",
            "🙂z");
    private static final List<String> TYPES = List.of(
            "",
            "blob",
            "com.example.newer",
            "com.example.newer#main",
            "com.example.newer#other",
            "app.bsky.feed.post",
            "app.bsky.feed.post#main",
            "app.bsky.embed.images",
            "app.bsky.embed.images#main",
            "not an nsid",
            "#main",
            "lex:a.b.c",
            "app.bsky.embed.images#view",
            "app.bsky.richtext.facet#link",
            "$type",
            "__proto__",
            "toString");

    private final Values values;
    private final Strings strings;
    private final Random random;

    Mutations(Values values, Random random) {
        this.values = values;
        this.strings = values.strings();
        this.random = random;
    }

    /** A place where a value stands. */
    private record Site(Json.@Nullable Member in, Json value) {}

    /** Changes one place of the value, which may be the whole. */
    Json mutate(Json root) {
        Json.Member top = new Json.Member("", root);
        List<Site> sites = new ArrayList<>();
        collect(top, sites);
        Site site = strings.pick(sites);
        if (random.nextInt(3) > 0) {
            List<Site> defined =
                    sites.stream().filter(s -> s.value().definition != null).toList();
            site = defined.isEmpty() ? site : strings.pick(defined);
        }
        Json.Member member = site.in();
        if (member != null) {
            Definition definition = member.value.definition;
            member.value = changed(member.value);
            if (member.value.definition == null && definition != null) {
                member.value.definition = definition;
            }
        }
        return top.value;
    }

    private static void collect(Json.Member member, List<Site> sites) {
        sites.add(new Site(member, member.value));
        member.value.members.forEach(inner -> collect(inner, sites));
    }

    private Json changed(Json value) {
        Definition definition = value.definition;
        int kind = random.nextInt(20);
        if (kind == 0) {
            return Json.leaf("null");
        } else if (kind == 1) {
            return values.anything(2);
        } else if (kind == 2) {
            return Json.leaf(strings.pick(NUMBERS));
        } else if (kind == 3) {
            return Json.leaf(strings.pick(random.nextBoolean() ? BROKEN : NUMBERS));
        } else if (kind == 4) {
            return special();
        } else if (kind == 5) {
            return random.nextBoolean()
                    ? Json.array(List.of(value))
                    : Json.map().with("value", value);
        } else if (definition instanceof IntegerDef integer) {
            return integer(integer);
        } else if (definition instanceof StringDef string) {
            return string(string, value);
        } else if (definition instanceof BlobDef) {
            return blob(value);
        } else if (definition instanceof BytesDef bytes) {
            return bytes(bytes);
        } else if (definition instanceof UnionDef
                || definition instanceof UnknownDef
                || definition instanceof ObjectDef) {
            return value.isMap() ? map(value) : values.anything(2);
        } else if (definition instanceof ArrayDef array && value.array) {
            return array(array, value);
        } else if (value.isMap()) {
            return value.get("$link") != null || value.get("$bytes") != null ? special() : map(value);
        } else if (value.text() != null) {
            return Json.string(random.nextBoolean() ? strings.edited(value.text()) : strings.ofAnyFormat());
        }
        return values.anything(2);
    }

    private Json integer(IntegerDef integer) {
        long base = switch (random.nextInt(3)) {
            case 0 -> integer.minimum() == null ? 0 : integer.minimum();
            case 1 -> integer.maximum() == null ? (1L << 53) - 1 : integer.maximum();
            default -> integer.constant() == null ? 1 : integer.constant();
        };
        long number = base + random.nextInt(3) - 1;
        return switch (random.nextInt(6)) {
            case 0 -> Json.leaf(strings.pick(NUMBERS));
            case 1 -> Json.leaf(number + ".0");
            case 2 -> Json.string(Long.toString(number));
            default -> Json.leaf(Long.toString(number));
        };
    }

    private Json string(StringDef string, Json value) {
        String text = value.text() == null ? "" : value.text();
        int kind = random.nextInt(10);
        if (string.format() != null && kind < 7) {
            String of = kind < 3 ? strings.ofFormat(string.format()) : kind < 4 ? strings.ofAnyFormat() : text;
            return Json.string(kind < 3 ? of : strings.edited(kind == 4 ? strings.ofFormat(string.format()) : of));
        }
        Integer[] bounds = {string.minLength(), string.maxLength(), string.minGraphemes(), string.maxGraphemes()};
        for (int tries = 0; tries < 4; tries++) {
            int which = random.nextInt(4);
            Integer bound = bounds[which];
            if (bound != null && bound < 4000) {
                int count = Math.max(0, bound + random.nextInt(3) - 1);
                String edge = which < 2 ? strings.ofBytes(count) : strings.ofGraphemes(count);
                return Json.string(random.nextInt(4) == 0 ? edge + strings.pieces(1) : edge);
            }
        }
        return switch (kind) {
            case 7 -> Json.string("");
            case 8 -> Values.link(strings.cid());
            default -> Json.string(kind < 4 ? strings.edited(text) : strings.pieces(random.nextInt(6)));
        };
    }

    private Json bytes(BytesDef bytes) {
        int bound = Values.or(random.nextBoolean() ? bytes.minLength() : bytes.maxLength(), 10);
        return random.nextBoolean()
                ? special()
                : values.bytes(Math.max(0, Math.min(bound, 2000) + random.nextInt(3) - 1));
    }

    private Json blob(Json value) {
        Json blob = value.copy();
        switch (random.nextInt(10)) {
            case 0 -> blob.with("size", Json.leaf(strings.pick(NUMBERS)));
            case 1 -> blob.with("size", Json.leaf("-1"));
            case 2 ->
                blob.with(
                        "mimeType",
                        Json.string(strings.pick(List.of(
                                "",
                                "image",
                                "image/png",
                                "*/*",
                                "/",
                                "IMAGE/PNG",
                                "image/",
                                "image/*",
                                "text/plain; charset=utf-8",
                                "video/mp4"))));
            case 3 -> blob.with("ref", special());
            case 4 -> blob.with("ref", Values.link(strings.cid()));
            case 5 -> blob.with("$type", Json.string(strings.pick(TYPES)));
            case 6 -> {
                if (!blob.members.isEmpty()) {
                    blob.members.remove(random.nextInt(blob.members.size()));
                }
            }
            case 7 -> blob.with(strings.pick(NAMES), values.anything(1));
            case 8 -> {
                return Json.map()
                        .with("cid", Json.string(random.nextBoolean() ? Strings.RAW_CID : strings.cid()))
                        .with("mimeType", Json.string(strings.pick(List.of("image/png", "", "image"))));
            }
            default -> {
                return Json.map()
                        .with("$type", Json.string("blob"))
                        .with("mimeType", Json.string("image/png"))
                        .with("cid", Json.string(Strings.RAW_CID));
            }
        }
        return blob;
    }

    private Json array(ArrayDef array, Json value) {
        Json list = value.copy().of(array);
        Integer bound = random.nextBoolean() ? array.minLength() : array.maxLength();
        if (bound != null && bound < 200 && !list.members.isEmpty()) {
            int size = Math.max(0, bound + random.nextInt(3) - 1);
            while (list.members.size() > size) {
                list.members.remove(list.members.size() - 1);
            }
            while (list.members.size() < size && !list.members.isEmpty()) {
                list.add(list.members.get(0).value.copy());
            }
        } else {
            list.add(values.anything(1));
        }
        return list;
    }

    private Json map(Json value) {
        Json map = value.copy();
        int size = map.members.size();
        switch (random.nextInt(10)) {
            case 0, 1 -> {
                if (size > 0) {
                    map.members.remove(random.nextInt(size));
                }
            }
            case 2 -> {
                if (size > 0) {
                    map.members.get(random.nextInt(size)).value = Json.leaf("null");
                }
            }
            case 3 -> map.with(strings.pick(NAMES), values.anything(2));
            case 4 -> {
                if (size > 0) {
                    // The key comes twice.
                    map.with(map.members.get(random.nextInt(size)).name, values.anything(1));
                }
            }
            case 5 -> map.with("$type", Json.string(strings.pick(TYPES)));
            case 6 -> {
                map.members.removeIf(member -> member.name.equals("$type"));
                if (random.nextBoolean()) {
                    map.members.add(
                            0,
                            new Json.Member(
                                    "$type",
                                    random.nextInt(3) == 0 ? values.anything(1) : Json.string(strings.pick(TYPES))));
                }
            }
            case 7 -> {
                Json type = value.get("$type");
                String text = type == null ? null : type.text();
                if (text != null) {
                    map.members.removeIf(member -> member.name.equals("$type"));
                    map.with("$type", Json.string(random.nextBoolean() ? text + "#main" : strings.edited(text)));
                }
            }
            case 8 ->
                map.with(
                        strings.pick(List.of("$link", "$bytes")),
                        random.nextBoolean() ? Json.string(Strings.CBOR_CID) : values.anything(1));
            default -> map.with("extra", deep());
        }
        return map;
    }

    private Json deep() {
        Json inner = values.anything(1);
        int depth = strings.pick(List.of(1, 10, 60, 200));
        boolean arrays = random.nextBoolean();
        for (int i = 0; i < depth; i++) {
            inner = arrays ? Json.array(List.of(inner)) : Json.map().with("a", inner);
        }
        return inner;
    }

    /** Links and bytes, right and wrong. */
    private Json special() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> Values.link(strings.cid());
            case 2 -> Json.map().with("$link", values.anything(1));
            case 3 -> Values.link(Strings.CBOR_CID).with(strings.pick(NAMES), values.anything(1));
            case 4 -> Json.map().with("$bytes", values.anything(1));
            case 5 -> values.bytes(3).with(strings.pick(NAMES), values.anything(1));
            case 6 ->
                Json.map()
                        .with(
                                "$bytes",
                                Json.string(strings.pick(List.of(
                                        "",
                                        "YQ",
                                        "YQ==",
                                        "YQ=",
                                        "YWI",
                                        "YWI=",
                                        "YWJj",
                                        "YW",
                                        "Y",
                                        "YR==",
                                        "YWJ",
                                        "_-8",
                                        "+/8=",
                                        "YW Jj",
                                        "YWJj\n",
                                        "====",
                                        "=",
                                        "YQ==YQ==",
                                        "é",
                                        "YWJj=",
                                        "YWJjZA=",
                                        "YW==Jj"))));
            case 7 -> Json.map().with("$bytes", Json.string(strings.edited("SGVsbG8gd29ybGQ")));
            case 8 -> Json.map().with("$type", Json.string(strings.pick(TYPES))).with("a", values.anything(1));
            default -> values.blob("image/png", 3);
        };
    }
}
