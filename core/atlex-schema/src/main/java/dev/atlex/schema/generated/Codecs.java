package dev.atlex.schema.generated;

import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import dev.atlex.syntax.Uris;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Codecs for values that need no generated class: one for each string format, one for links, and two for values without
 * a schema.
 *
 * <p>A format is checked only if the reader validates; otherwise the string is kept unchanged.
 */
public final class Codecs {
    /** The codec for {@code at-identifier} strings: a handle or a DID. */
    public static final FormatCodec<AtIdentifier> AT_IDENTIFIER =
            new FormatCodec<>("AT identifier", AtIdentifier::isValid, AtIdentifier::unchecked, AtIdentifier::of);

    /** The codec for {@code at-uri} strings. */
    public static final FormatCodec<AtUri> AT_URI =
            new FormatCodec<>("AT URI", AtUri::isValid, AtUri::unchecked, AtUri::of);

    /** The codec for {@code cid} strings. */
    public static final FormatCodec<Cid> CID = new FormatCodec<>("CID", Cid::isValid, Cid::unchecked, Cid::of);

    /** The codec for {@code datetime} strings. */
    public static final FormatCodec<Datetime> DATETIME = new FormatCodec<>(
            "datetime", Datetime::isValid, Datetime::isValidLenient, Datetime::unchecked, Datetime::of);

    /** The codec for {@code did} strings. */
    public static final FormatCodec<Did> DID = new FormatCodec<>("DID", Did::isValid, Did::unchecked, Did::of);

    /** The codec for {@code handle} strings. */
    public static final FormatCodec<Handle> HANDLE =
            new FormatCodec<>("handle", Handle::isValid, Handle::unchecked, Handle::of);

    /** The codec for {@code language} strings: a BCP 47 tag. */
    public static final FormatCodec<LanguageTag> LANGUAGE = new FormatCodec<>(
            "language tag", LanguageTag::isValid, LanguageTag::isValidLenient, LanguageTag::unchecked, LanguageTag::of);

    /** The codec for {@code nsid} strings. */
    public static final FormatCodec<Nsid> NSID = new FormatCodec<>("NSID", Nsid::isValid, Nsid::unchecked, Nsid::of);

    /** The codec for {@code record-key} strings. */
    public static final FormatCodec<RecordKey> RECORD_KEY =
            new FormatCodec<>("record key", RecordKey::isValid, RecordKey::unchecked, RecordKey::of);

    /** The codec for {@code tid} strings. */
    public static final FormatCodec<Tid> TID = new FormatCodec<>("TID", Tid::isValid, Tid::unchecked, Tid::of);

    /**
     * The codec for {@code uri} strings. Its values stay strings, because {@link java.net.URI} rejects many valid ones.
     */
    public static final FormatCodec<String> URI = new FormatCodec<>("URI", Uris::isValid, text -> text, text -> text);

    /** The codec for the {@code cid-link} type. */
    public static final Codec<Cid> LINK = new Codec<>() {
        @Override
        public Cid read(LexReader reader) {
            return reader.readLink();
        }

        @Override
        public void write(LexWriter writer, Cid value) {
            writer.link(value);
        }
    };

    /** The codec for the {@code unknown} type: any map, but not a blob reference in strict mode. */
    public static final Codec<LexMap> MAP = new Codec<>() {
        @Override
        public LexMap read(LexReader reader) {
            LexMap map = reader.readMap();
            // The specification treats a blob as a kind of its own, as it does bytes, even though a blob looks like a
            // map.
            if (reader.validating() && reader.strict() && "blob".equals(map.type())) {
                throw reader.invalid("type", "an object", "a blob");
            }
            return map;
        }

        @Override
        public void write(LexWriter writer, LexMap value) {
            writer.value(value);
        }
    };

    /** Any value. Used for the bodies of methods that accept or return JSON without a schema. */
    public static final Codec<LexValue> VALUE = new Codec<>() {
        @Override
        public LexValue read(LexReader reader) {
            return reader.readValue();
        }

        @Override
        public void write(LexWriter writer, LexValue value) {
            writer.value(value);
        }
    };

    private Codecs() {}

    /**
     * A codec for a string format.
     *
     * @param <T> the Java type of the values; its {@code toString()} returns the string form
     */
    public static final class FormatCodec<T> implements Codec<T> {
        private final String label;
        private final Predicate<String> strict;
        private final Predicate<String> lenient;
        private final Function<String, T> make;
        private final Function<String, T> parse;

        private FormatCodec(
                String label,
                Predicate<String> strict,
                Predicate<String> lenient,
                Function<String, T> make,
                Function<String, T> parse) {
            this.label = label;
            this.strict = strict;
            this.lenient = lenient;
            this.make = make;
            this.parse = parse;
        }

        private FormatCodec(
                String label, Predicate<String> valid, Function<String, T> make, Function<String, T> parse) {
            this(label, valid, valid, make, parse);
        }

        /**
         * Parses strings that were passed to a builder.
         *
         * @return an unmodifiable list
         * @throws RuntimeException if a string is invalid; this is the exception that {@code T.of} throws
         */
        public List<T> parse(String... texts) {
            return Arrays.stream(texts).map(parse).toList();
        }

        @Override
        public T read(LexReader reader) {
            return check(reader, reader.readString());
        }

        /** Returns a codec for this format that also enforces the given rule. */
        public Codec<T> with(StringRule rule) {
            return new Codec<>() {
                @Override
                public T read(LexReader reader) {
                    return check(reader, rule.read(reader));
                }

                @Override
                public void write(LexWriter writer, T value) {
                    FormatCodec.this.write(writer, value);
                }
            };
        }

        private T check(LexReader reader, String text) {
            if (reader.validating() && !(reader.strict() ? strict : lenient).test(text)) {
                throw reader.invalid("format", "a valid " + label, "", text);
            }
            return make.apply(text);
        }

        @Override
        public void write(LexWriter writer, T value) {
            writer.string(value.toString());
        }
    }
}
