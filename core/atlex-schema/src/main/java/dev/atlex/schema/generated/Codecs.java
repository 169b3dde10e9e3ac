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
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * The codecs of scalar values: one per string format, of links, and of unknown values.
 *
 * <p>A format is checked only where the reader validates; otherwise its text is taken as it is.
 */
public final class Codecs {
    public static final FormatCodec<AtIdentifier> AT_IDENTIFIER =
            new FormatCodec<>("AT identifier", AtIdentifier::isValid, AtIdentifier::unchecked);
    public static final FormatCodec<AtUri> AT_URI = new FormatCodec<>("AT URI", AtUri::isValid, AtUri::unchecked);
    public static final FormatCodec<Cid> CID = new FormatCodec<>("CID", Cid::isValid, Cid::unchecked);
    public static final FormatCodec<Datetime> DATETIME =
            new FormatCodec<>("datetime", Datetime::isValid, Datetime::isValidLenient, Datetime::unchecked);
    public static final FormatCodec<Did> DID = new FormatCodec<>("DID", Did::isValid, Did::unchecked);
    public static final FormatCodec<Handle> HANDLE = new FormatCodec<>("handle", Handle::isValid, Handle::unchecked);
    public static final FormatCodec<LanguageTag> LANGUAGE = new FormatCodec<>(
            "language tag", LanguageTag::isValid, LanguageTag::isValidLenient, LanguageTag::unchecked);
    public static final FormatCodec<Nsid> NSID = new FormatCodec<>("NSID", Nsid::isValid, Nsid::unchecked);
    public static final FormatCodec<RecordKey> RECORD_KEY =
            new FormatCodec<>("record key", RecordKey::isValid, RecordKey::unchecked);
    public static final FormatCodec<Tid> TID = new FormatCodec<>("TID", Tid::isValid, Tid::unchecked);

    /** The format {@code uri}, whose values stay strings: {@link java.net.URI} refuses many valid ones. */
    public static final FormatCodec<String> URI = new FormatCodec<>("URI", Uris::isValid, text -> text);

    /** The type {@code cid-link}. */
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

    /** The type {@code unknown}: any map, but strictly no blob reference. */
    public static final Codec<LexMap> MAP = new Codec<>() {
        @Override
        public LexMap read(LexReader reader) {
            LexMap map = reader.readMap();
            // By the specification a blob is a value of its own kind, like bytes, that only happens to look like a map.
            if (reader.validating() && reader.strict() && "blob".equals(map.type())) {
                throw reader.invalid("type", "object", "blob");
            }
            return map;
        }

        @Override
        public void write(LexWriter writer, LexMap value) {
            writer.value(value);
        }
    };

    /** Any value at all: the body of a method whose JSON has no schema. */
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
     * The codec of one string format.
     *
     * @param <T> the Java type of its values, whose {@code toString()} is their text
     */
    public static final class FormatCodec<T> implements Codec<T> {
        private final String label;
        private final Predicate<String> strict;
        private final Predicate<String> lenient;
        private final Function<String, T> make;

        private FormatCodec(
                String label, Predicate<String> strict, Predicate<String> lenient, Function<String, T> make) {
            this.label = label;
            this.strict = strict;
            this.lenient = lenient;
            this.make = make;
        }

        private FormatCodec(String label, Predicate<String> valid, Function<String, T> make) {
            this(label, valid, valid, make);
        }

        @Override
        public T read(LexReader reader) {
            return check(reader, reader.readString());
        }

        /** The format with further constraints on its text. */
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
