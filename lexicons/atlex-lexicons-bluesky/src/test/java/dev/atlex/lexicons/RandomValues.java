package dev.atlex.lexicons;

import dev.atlex.data.BlobRef;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexBoolean;
import dev.atlex.data.LexInteger;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexNull;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.BlobDef;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.BytesDef;
import dev.atlex.schema.document.Definition.CidLinkDef;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.TokenDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.Definition.UnknownDef;
import dev.atlex.schema.document.LexiconDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Generates valid values of a definition, and records the path and definition of each part of the last one. */
final class RandomValues {
    private static final String CID = "bafkreie5cvv4h45feadgeuwhbcutmh6t2ceseocckahdoe6uat64zmz454";
    private static final LexMap ANYTHING = LexMap.builder()
            .put("text", "é \"😀\"")
            .put("list", LexArray.of(new LexInteger(-1), LexNull.NULL, LexBoolean.of(true)))
            .put("map", LexMap.of("link", Cid.of(CID)))
            .build();
    private static final Map<String, List<String>> FORMATS = Map.ofEntries(
            Map.entry("at-identifier", List.of("did:web:example.com", "alice.example.com")),
            Map.entry("at-uri", List.of("at://did:web:example.com/app.bsky.feed.post/3jzfcijpj2z2a")),
            Map.entry("cid", List.of(CID)),
            Map.entry("datetime", List.of("2026-01-01T00:00:00Z", "2026-01-01T00:00:00.123456+01:00")),
            Map.entry("did", List.of("did:plc:44ybard66vv44zksje25o7dz", "did:web:example.com")),
            Map.entry("handle", List.of("alice.example.com")),
            Map.entry("language", List.of("de", "pt-BR")),
            Map.entry("nsid", List.of("app.bsky.feed.post")),
            Map.entry("record-key", List.of("self", "3jzfcijpj2z2a")),
            Map.entry("tid", List.of("3jzfcijpj2z2a")),
            Map.entry("uri", List.of("https://example.com/a?b#c")));

    private final LexiconDocuments documents;
    private final Random random;
    private final List<Site> sites = new ArrayList<>();

    RandomValues(LexiconDocuments documents, long seed) {
        this.documents = documents;
        this.random = new Random(seed);
    }

    /**
     * A part of the last generated value.
     *
     * @param path the names and indexes that lead to it
     */
    record Site(List<Object> path, Definition definition) {
        /** Returns the path in the notation of exceptions. */
        String text() {
            StringBuilder text = new StringBuilder("$");
            path.forEach(step -> text.append(step instanceof Integer ? "[" + step + "]" : "." + step));
            return text.toString();
        }
    }

    /** @param type the value of {@code $type}, or null to omit it */
    LexMap object(ObjectDef object, String type) {
        sites.clear();
        return object(object, type, List.of());
    }

    /** Returns the parts of the last generated value. */
    List<Site> sites() {
        return List.copyOf(sites);
    }

    private LexMap object(ObjectDef object, String type, List<Object> path) {
        LexMap.Builder map = LexMap.builder();
        boolean typeFirst = random.nextBoolean();
        if (type != null && typeFirst) {
            map.put("$type", type);
        }
        object.properties().forEach((name, definition) -> {
            boolean deep = path.size() > 6;
            if (!object.required().contains(name) && (deep || random.nextInt(3) == 0)) {
                return;
            }
            if (object.nullable().contains(name) && random.nextInt(3) == 0) {
                map.put(name, LexNull.NULL);
            } else {
                map.put(name, value(definition, step(path, name)));
            }
        });
        if (random.nextInt(4) == 0) {
            map.put("fieldOfANewerApp", ANYTHING);
        }
        if (type != null && !typeFirst) {
            map.put("$type", type);
        }
        return map.build();
    }

    private static List<Object> step(List<Object> path, Object step) {
        List<Object> longer = new ArrayList<>(path);
        longer.add(step);
        return longer;
    }

    private LexValue value(Definition definition, List<Object> path) {
        if (definition instanceof RefDef ref) {
            Definition target = documents.resolve(ref.ref());
            if (target instanceof RecordDef record) {
                sites.add(new Site(path, record.record()));
                return object(record.record(), ref.ref(), path);
            } else if (target instanceof TokenDef) {
                return new LexString(ref.ref());
            }
            return value(target, path);
        }
        sites.add(new Site(path, definition));
        if (definition instanceof ObjectDef object) {
            return object(object, null, path);
        } else if (definition instanceof ArrayDef array) {
            return array(array, path);
        } else if (definition instanceof UnionDef union) {
            return union(union, path);
        } else if (definition instanceof StringDef string) {
            return new LexString(string(string));
        } else if (definition instanceof IntegerDef integer) {
            return new LexInteger(integer(integer));
        } else if (definition instanceof BooleanDef bool) {
            return LexBoolean.of(bool.constant() == null ? random.nextBoolean() : bool.constant());
        } else if (definition instanceof BytesDef bytes) {
            byte[] content = new byte[between(bytes.minLength(), bytes.maxLength(), 10)];
            random.nextBytes(content);
            return Bytes.of(content);
        } else if (definition instanceof CidLinkDef) {
            return Cid.of(CID);
        } else if (definition instanceof BlobDef blob) {
            String type = blob.accept().isEmpty() ? "*/*" : pick(blob.accept());
            long size = blob.maxSize() == null ? 1000 : blob.maxSize();
            return BlobRef.of(Cid.of(CID), type.replace("*/", "text/").replace("/*", "/plain"), size)
                    .toLexMap();
        } else if (definition instanceof UnknownDef) {
            return ANYTHING;
        }
        throw new AssertionError("no value for " + definition);
    }

    private LexArray array(ArrayDef array, List<Object> path) {
        int size = between(array.minLength(), array.maxLength(), path.size() > 6 ? 0 : 3);
        List<LexValue> items = new ArrayList<>();
        for (int i = 0; i < size; i++) {
            items.add(value(array.items(), step(path, i)));
        }
        return LexArray.copyOf(items);
    }

    private LexMap union(UnionDef union, List<Object> path) {
        if (!union.closed() && (union.refs().isEmpty() || path.size() > 6 || random.nextInt(6) == 0)) {
            return LexMap.builder()
                    .put("value", ANYTHING)
                    .put("$type", "com.example.newer#variant")
                    .build();
        }
        String ref = pick(union.refs());
        Definition target = documents.resolve(ref);
        return object(target instanceof RecordDef record ? record.record() : (ObjectDef) target, ref, path);
    }

    private String string(StringDef string) {
        if (string.constant() != null) {
            return string.constant();
        } else if (!string.allowed().isEmpty()) {
            return pick(string.allowed());
        } else if (string.format() != null) {
            return pick(FORMATS.get(string.format()));
        } else if (!string.knownValues().isEmpty() && random.nextBoolean()) {
            return pick(string.knownValues());
        }
        int least = Math.max(or(string.minLength(), 0), or(string.minGraphemes(), 0));
        int most = Math.min(or(string.maxLength(), 20), or(string.maxGraphemes(), 20));
        StringBuilder text = new StringBuilder();
        for (int i = between(least, most, 20); i > 0; i--) {
            text.append((char) ('!' + random.nextInt(90)));
        }
        return text.toString();
    }

    private long integer(IntegerDef integer) {
        if (integer.constant() != null) {
            return integer.constant();
        } else if (!integer.allowed().isEmpty()) {
            return pick(integer.allowed());
        }
        long least = integer.minimum() == null ? -5 : integer.minimum();
        long most = integer.maximum() == null ? Math.max(least, 1L << 50) : integer.maximum();
        return random.nextInt(3) == 0 ? most : least + (long) (random.nextDouble() * (most - least));
    }

    private static int or(Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    private int between(Integer least, Integer most, int usual) {
        int from = or(least, 0);
        int to = Math.max(from, Math.min(or(most, usual), usual));
        return from + random.nextInt(to - from + 1);
    }

    <T> T pick(List<T> values) {
        return values.get(random.nextInt(values.size()));
    }

    /** Returns the value with the part at the path replaced. */
    static LexValue replaced(LexValue value, List<Object> path, LexValue with) {
        if (path.isEmpty()) {
            return with;
        }
        List<Object> rest = path.subList(1, path.size());
        if (path.get(0) instanceof Integer index) {
            List<LexValue> items = new ArrayList<>((LexArray) value);
            items.set(index, replaced(items.get(index), rest, with));
            return LexArray.copyOf(items);
        }
        LexMap map = (LexMap) value;
        String name = (String) path.get(0);
        return map.toBuilder().put(name, replaced(map.get(name), rest, with)).build();
    }
}
