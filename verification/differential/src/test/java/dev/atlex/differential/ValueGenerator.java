package dev.atlex.differential;

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
import java.util.Base64;
import java.util.Random;
import org.jspecify.annotations.Nullable;

/** Generates values for a definition. Most are valid, many are at the limits, and some are beyond them. */
final class ValueGenerator {
    private static final int MAX_DEPTH = 5;
    private static final int MAX_STRING = 3000;

    private final LexiconDocuments documents;
    private final Random random;
    private final StringGenerator strings;

    ValueGenerator(LexiconDocuments documents, Random random) {
        this.documents = documents;
        this.random = random;
        this.strings = new StringGenerator(random);
    }

    StringGenerator strings() {
        return strings;
    }

    /** @param ref the name of the definition, used as the {@code $type} of a record */
    Json generate(String ref, Definition definition) {
        return definition instanceof RecordDef record
                ? object(record.record(), ref, 0)
                : definition instanceof ObjectDef object && random.nextInt(8) == 0 && ref.indexOf(' ') < 0
                        ? object(object, ref, 0)
                        : value(definition, ref, 0);
    }

    private Json object(ObjectDef object, @Nullable String type, int depth) {
        Json map = Json.map().of(object);
        int typeAt = random.nextInt(3);
        if (type != null && typeAt > 0) {
            map.with("$type", Json.string(type));
        }
        int sparse = 1 + random.nextInt(4);
        object.properties().forEach((name, definition) -> {
            boolean required = object.required().contains(name);
            if (!required && (depth > MAX_DEPTH || random.nextInt(sparse) > 0)) {
                return;
            }
            boolean none = object.nullable().contains(name) && random.nextInt(3) == 0;
            map.with(name, none ? Json.leaf("null").of(definition) : value(definition, null, depth + 1));
        });
        if (random.nextInt(8) == 0) {
            map.with("fieldOfNewerApp", anything(2));
        }
        if (type != null && typeAt == 0) {
            map.with("$type", Json.string(type));
        }
        return map;
    }

    private Json value(Definition definition, @Nullable String ref, int depth) {
        if (definition instanceof RefDef to) {
            Definition target = documents.resolve(to.ref());
            if (target == null) {
                throw new IllegalStateException("no definition of " + to.ref());
            }
            boolean typed = target instanceof RecordDef || random.nextInt(10) == 0;
            return target instanceof RecordDef record
                    ? object(record.record(), to.ref(), depth)
                    : target instanceof ObjectDef object
                            ? object(object, typed ? to.ref() : null, depth)
                            : value(target, to.ref(), depth);
        } else if (definition instanceof ObjectDef object) {
            return object(object, null, depth);
        } else if (definition instanceof ArrayDef array) {
            int size = between(array.minLength(), array.maxLength(), depth > MAX_DEPTH ? 0 : 3);
            Json list = Json.array().of(array);
            for (int i = 0; i < size; i++) {
                list.add(value(array.items(), null, depth + 1));
            }
            return list;
        } else if (definition instanceof UnionDef union) {
            return union(union, depth).of(union);
        } else if (definition instanceof TokenDef) {
            return Json.string(ref == null ? "none" : ref).of(definition);
        } else if (definition instanceof StringDef string) {
            return Json.string(string(string)).of(string);
        } else if (definition instanceof IntegerDef integer) {
            return Json.leaf(Long.toString(integer(integer))).of(integer);
        } else if (definition instanceof BooleanDef bool) {
            boolean constant = bool.constant() == null ? random.nextBoolean() : bool.constant();
            return Json.leaf(Boolean.toString(constant)).of(bool);
        } else if (definition instanceof BytesDef bytes) {
            return bytes(between(bytes.minLength(), bytes.maxLength(), 12)).of(bytes);
        } else if (definition instanceof CidLinkDef) {
            return link(random.nextInt(6) == 0 ? strings.cid() : StringGenerator.CBOR_CID)
                    .of(definition);
        } else if (definition instanceof BlobDef blob) {
            String type = blob.accept().isEmpty() ? "text/plain" : strings.pick(blob.accept());
            long size = blob.maxSize() == null || random.nextBoolean() ? random.nextInt(20) : blob.maxSize();
            return blob(type.replace("*/", "text/").replace("/*", "/plain"), size)
                    .of(blob);
        } else if (definition instanceof UnknownDef) {
            Json map = Json.map().of(definition);
            if (random.nextInt(3) == 0) {
                map.with("$type", Json.string("com.example.newer"));
            }
            return map.with("text", anything(3)).with("other", anything(1));
        }
        throw new IllegalStateException("no value for " + definition);
    }

    private Json union(UnionDef union, int depth) {
        if (union.refs().isEmpty() || !union.closed() && (depth > MAX_DEPTH || random.nextInt(6) == 0)) {
            return Json.map().with("value", anything(2)).with("$type", Json.string("com.example.newer#variant"));
        }
        String ref = strings.pick(union.refs());
        Definition target = documents.resolve(ref);
        return object(target instanceof RecordDef record ? record.record() : (ObjectDef) target, ref, depth);
    }

    Json blob(String mimeType, long size) {
        return Json.map()
                .with("$type", Json.string("blob"))
                .with("ref", link(StringGenerator.RAW_CID))
                .with("mimeType", Json.string(mimeType))
                .with("size", Json.leaf(Long.toString(size)));
    }

    static Json link(String cid) {
        return Json.map().with("$link", Json.string(cid));
    }

    Json bytes(int size) {
        byte[] content = new byte[size];
        random.nextBytes(content);
        Base64.Encoder encoder =
                random.nextBoolean() ? Base64.getEncoder() : Base64.getEncoder().withoutPadding();
        return Json.map().with("$bytes", Json.string(encoder.encodeToString(content)));
    }

    /** Generates any value in the data model. */
    Json anything(int depth) {
        return switch (random.nextInt(depth > 0 ? 12 : 8)) {
            case 0 -> Json.leaf("null");
            case 1 -> Json.leaf(random.nextBoolean() ? "true" : "false");
            case 2 -> Json.leaf(Long.toString(random.nextLong() >> (11 + random.nextInt(50))));
            case 3 -> Json.string(strings.pieces(random.nextInt(4)).replaceAll("[\ud800-\udfff]", "x"));
            case 4 -> Json.string(strings.ofGraphemes(random.nextInt(20)));
            case 5 -> link(StringGenerator.CBOR_CID);
            case 6 -> bytes(random.nextInt(5));
            case 7 -> blob("image/png", random.nextInt(3));
            case 8, 9 -> {
                Json list = Json.array();
                for (int i = random.nextInt(4); i > 0; i--) {
                    list.add(anything(depth - 1));
                }
                yield list;
            }
            default -> {
                Json map = Json.map();
                for (int i = random.nextInt(5); i > 0; i--) {
                    String name = random.nextBoolean() ? "key" + i : strings.pieces(1 + random.nextInt(2)) + i;
                    map.with(name, anything(depth - 1));
                }
                yield map;
            }
        };
    }

    private String string(StringDef string) {
        if (string.constant() != null) {
            return string.constant();
        } else if (!string.allowed().isEmpty()) {
            return strings.pick(string.allowed());
        } else if (string.format() != null) {
            return random.nextInt(12) == 0
                    ? strings.ofFormat(string.format())
                    : Corpus.VALID.getOrDefault(string.format(), "none");
        } else if (!string.knownValues().isEmpty() && random.nextBoolean()) {
            return strings.pick(string.knownValues());
        } else if (string.maxGraphemes() != null && random.nextInt(4) == 0 && string.maxGraphemes() < MAX_STRING) {
            return strings.ofGraphemes(string.maxGraphemes());
        } else if (string.maxLength() != null && random.nextInt(4) == 0 && string.maxLength() < MAX_STRING) {
            return strings.ofBytes(string.maxLength());
        }
        int least = Math.max(or(string.minLength(), 0), or(string.minGraphemes(), 0));
        int most = Math.min(or(string.maxLength(), 20), or(string.maxGraphemes(), 20));
        return "x".repeat(between(least, most, 20));
    }

    private long integer(IntegerDef integer) {
        if (integer.constant() != null) {
            return integer.constant();
        } else if (!integer.allowed().isEmpty()) {
            return strings.pick(integer.allowed());
        }
        long least = integer.minimum() == null ? -5 : integer.minimum();
        long most = integer.maximum() == null ? Math.max(least, 1L << 50) : integer.maximum();
        return switch (random.nextInt(4)) {
            case 0 -> most;
            case 1 -> least;
            default -> least + (long) (random.nextDouble() * (most - least));
        };
    }

    static int or(@Nullable Integer value, int otherwise) {
        return value == null ? otherwise : value;
    }

    private int between(@Nullable Integer least, @Nullable Integer most, int usual) {
        int from = or(least, 0);
        int to = Math.max(from, Math.min(or(most, usual), usual));
        return from + random.nextInt(to - from + 1);
    }
}
