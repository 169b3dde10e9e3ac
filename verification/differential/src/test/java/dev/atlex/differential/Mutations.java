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
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Changes values in ways that target their definition, so that most become invalid. */
final class Mutations {
    private final ValueGenerator values;
    private final StringGenerator strings;
    private final Random random;

    Mutations(ValueGenerator values, Random random) {
        this.values = values;
        this.strings = values.strings();
        this.random = random;
    }

    /** A position in a value. */
    private record Site(Json.@Nullable Member in, Json value) {}

    /** Changes the value at one position, possibly the root. */
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
            return Json.leaf(strings.pick(Corpus.NUMBERS));
        } else if (kind == 3) {
            return Json.leaf(strings.pick(random.nextBoolean() ? Corpus.BROKEN : Corpus.NUMBERS));
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
            case 0 -> Json.leaf(strings.pick(Corpus.NUMBERS));
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
            case 8 -> ValueGenerator.link(strings.cid());
            default -> Json.string(kind < 4 ? strings.edited(text) : strings.pieces(random.nextInt(6)));
        };
    }

    private Json bytes(BytesDef bytes) {
        int bound = ValueGenerator.or(random.nextBoolean() ? bytes.minLength() : bytes.maxLength(), 10);
        return random.nextBoolean()
                ? special()
                : values.bytes(Math.max(0, Math.min(bound, 2000) + random.nextInt(3) - 1));
    }

    private Json blob(Json value) {
        Json blob = value.copy();
        switch (random.nextInt(10)) {
            case 0 -> blob.with("size", Json.leaf(strings.pick(Corpus.NUMBERS)));
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
            case 4 -> blob.with("ref", ValueGenerator.link(strings.cid()));
            case 5 -> blob.with("$type", Json.string(strings.pick(Corpus.TYPES)));
            case 6 -> {
                if (!blob.members.isEmpty()) {
                    blob.members.remove(random.nextInt(blob.members.size()));
                }
            }
            case 7 -> blob.with(strings.pick(Corpus.NAMES), values.anything(1));
            case 8 -> {
                return Json.map()
                        .with("cid", Json.string(random.nextBoolean() ? StringGenerator.RAW_CID : strings.cid()))
                        .with("mimeType", Json.string(strings.pick(List.of("image/png", "", "image"))));
            }
            default -> {
                return Json.map()
                        .with("$type", Json.string("blob"))
                        .with("mimeType", Json.string("image/png"))
                        .with("cid", Json.string(StringGenerator.RAW_CID));
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
            case 3 -> map.with(strings.pick(Corpus.NAMES), values.anything(2));
            case 4 -> {
                if (size > 0) {
                    // A duplicate key.
                    map.with(map.members.get(random.nextInt(size)).name, values.anything(1));
                }
            }
            case 5 -> map.with("$type", Json.string(strings.pick(Corpus.TYPES)));
            case 6 -> {
                map.members.removeIf(member -> member.name.equals("$type"));
                if (random.nextBoolean()) {
                    map.members.add(
                            0,
                            new Json.Member(
                                    "$type",
                                    random.nextInt(3) == 0
                                            ? values.anything(1)
                                            : Json.string(strings.pick(Corpus.TYPES))));
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
                        random.nextBoolean() ? Json.string(StringGenerator.CBOR_CID) : values.anything(1));
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

    /** Generates valid and malformed links and bytes. */
    private Json special() {
        return switch (random.nextInt(10)) {
            case 0, 1 -> ValueGenerator.link(strings.cid());
            case 2 -> Json.map().with("$link", values.anything(1));
            case 3 ->
                ValueGenerator.link(StringGenerator.CBOR_CID).with(strings.pick(Corpus.NAMES), values.anything(1));
            case 4 -> Json.map().with("$bytes", values.anything(1));
            case 5 -> values.bytes(3).with(strings.pick(Corpus.NAMES), values.anything(1));
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
            case 8 ->
                Json.map()
                        .with("$type", Json.string(strings.pick(Corpus.TYPES)))
                        .with("a", values.anything(1));
            default -> values.blob("image/png", 3);
        };
    }
}
