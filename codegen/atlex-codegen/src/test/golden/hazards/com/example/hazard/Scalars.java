// Generated from the lexicon com.example.hazard.scalars. Changes here would be lost.
package com.example.hazard;

import dev.atlex.data.BlobRef;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.BlobRule;
import dev.atlex.schema.generated.BooleanRule;
import dev.atlex.schema.generated.BytesRule;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.IntegerRule;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.StringRule;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of {@code com.example.hazard.scalars}. */
public final class Scalars extends LexObject implements Buildable<Scalars, Scalars.Builder> {
    /** The definition's full name, as {@code $type} says it. */
    public static final String TYPE = "com.example.hazard.scalars";

    /** Reads and writes such objects. */
    public static final ObjectCodec<Scalars, Builder> CODEC = new ScalarsCodec();

    private final @Nullable AtIdentifier formatAtIdentifier;
    private final @Nullable AtUri formatAtUri;
    private final @Nullable Cid formatCid;
    private final @Nullable Datetime formatDatetime;
    private final @Nullable Did formatDid;
    private final @Nullable Handle formatHandle;
    private final @Nullable LanguageTag formatLanguage;
    private final @Nullable Nsid formatNsid;
    private final @Nullable RecordKey formatRecordKey;
    private final @Nullable Tid formatTid;
    private final @Nullable String formatUri;
    private final @Nullable String formatBounded;
    private final @Nullable RecordKey keyBounded;
    private final @Nullable String textConst;
    private final @Nullable String textEnum;
    private final @Nullable String textBytes;
    private final @Nullable String textGraphemes;
    private final @Nullable Long numberConst;
    private final @Nullable Long numberEnum;
    private final @Nullable Long numberRange;
    private final @Nullable Long numberBig;
    private final @Nullable Boolean flagTrue;
    private final @Nullable Boolean flagFalse;
    private final @Nullable Bytes bytes;
    private final @Nullable Bytes plainBytes;
    private final @Nullable BlobRef blob;
    private final @Nullable BlobRef plainBlob;
    private final @Nullable Cid link;
    private final @Nullable LexMap unknown;
    private final @Nullable List<Cid> links;
    private final @Nullable List<Long> numbers;
    private final @Nullable List<Did> dids;

    private Scalars(@Nullable AtIdentifier formatAtIdentifier, @Nullable AtUri formatAtUri,
            @Nullable Cid formatCid, @Nullable Datetime formatDatetime, @Nullable Did formatDid,
            @Nullable Handle formatHandle, @Nullable LanguageTag formatLanguage,
            @Nullable Nsid formatNsid, @Nullable RecordKey formatRecordKey, @Nullable Tid formatTid,
            @Nullable String formatUri, @Nullable String formatBounded,
            @Nullable RecordKey keyBounded, @Nullable String textConst, @Nullable String textEnum,
            @Nullable String textBytes, @Nullable String textGraphemes, @Nullable Long numberConst,
            @Nullable Long numberEnum, @Nullable Long numberRange, @Nullable Long numberBig,
            @Nullable Boolean flagTrue, @Nullable Boolean flagFalse, @Nullable Bytes bytes,
            @Nullable Bytes plainBytes, @Nullable BlobRef blob, @Nullable BlobRef plainBlob,
            @Nullable Cid link, @Nullable LexMap unknown, @Nullable List<Cid> links,
            @Nullable List<Long> numbers, @Nullable List<Did> dids, @Nullable LexMap extra) {
        super(extra);
        this.formatAtIdentifier = formatAtIdentifier;
        this.formatAtUri = formatAtUri;
        this.formatCid = formatCid;
        this.formatDatetime = formatDatetime;
        this.formatDid = formatDid;
        this.formatHandle = formatHandle;
        this.formatLanguage = formatLanguage;
        this.formatNsid = formatNsid;
        this.formatRecordKey = formatRecordKey;
        this.formatTid = formatTid;
        this.formatUri = formatUri;
        this.formatBounded = formatBounded;
        this.keyBounded = keyBounded;
        this.textConst = textConst;
        this.textEnum = textEnum;
        this.textBytes = textBytes;
        this.textGraphemes = textGraphemes;
        this.numberConst = numberConst;
        this.numberEnum = numberEnum;
        this.numberRange = numberRange;
        this.numberBig = numberBig;
        this.flagTrue = flagTrue;
        this.flagFalse = flagFalse;
        this.bytes = bytes;
        this.plainBytes = plainBytes;
        this.blob = blob;
        this.plainBlob = plainBlob;
        this.link = link;
        this.unknown = unknown;
        this.links = links;
        this.numbers = numbers;
        this.dids = dids;
    }

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@code formatAtIdentifier}: optional, of format {@code at-identifier}. */
    public @Nullable AtIdentifier formatAtIdentifier() {
        return formatAtIdentifier;
    }

    /** {@code formatAtUri}: optional, of format {@code at-uri}. */
    public @Nullable AtUri formatAtUri() {
        return formatAtUri;
    }

    /** {@code formatCid}: optional, of format {@code cid}. */
    public @Nullable Cid formatCid() {
        return formatCid;
    }

    /** {@code formatDatetime}: optional, of format {@code datetime}. */
    public @Nullable Datetime formatDatetime() {
        return formatDatetime;
    }

    /** {@code formatDid}: optional, of format {@code did}. */
    public @Nullable Did formatDid() {
        return formatDid;
    }

    /** {@code formatHandle}: optional, of format {@code handle}. */
    public @Nullable Handle formatHandle() {
        return formatHandle;
    }

    /** {@code formatLanguage}: optional, of format {@code language}. */
    public @Nullable LanguageTag formatLanguage() {
        return formatLanguage;
    }

    /** {@code formatNsid}: optional, of format {@code nsid}. */
    public @Nullable Nsid formatNsid() {
        return formatNsid;
    }

    /** {@code formatRecordKey}: optional, of format {@code record-key}. */
    public @Nullable RecordKey formatRecordKey() {
        return formatRecordKey;
    }

    /** {@code formatTid}: optional, of format {@code tid}. */
    public @Nullable Tid formatTid() {
        return formatTid;
    }

    /** {@code formatUri}: optional, of format {@code uri}. */
    public @Nullable String formatUri() {
        return formatUri;
    }

    /** {@code formatBounded}: optional, of format {@code uri}, at most 20 bytes of UTF-8. */
    public @Nullable String formatBounded() {
        return formatBounded;
    }

    /**
     * {@code keyBounded}: optional, of format {@code record-key}, at least 2 bytes of UTF-8, at most 5 bytes of UTF-8.
     */
    public @Nullable RecordKey keyBounded() {
        return keyBounded;
    }

    /** {@code textConst}: optional, one of {@code only}. */
    public @Nullable String textConst() {
        return textConst;
    }

    /** {@code textEnum}: optional, one of {@code a}, {@code b$}, {@code "q"}, <code>&#92;u0041</code>. */
    public @Nullable String textEnum() {
        return textEnum;
    }

    /** {@code textBytes}: optional, at least 2 bytes of UTF-8, at most 4 bytes of UTF-8. */
    public @Nullable String textBytes() {
        return textBytes;
    }

    /** {@code textGraphemes}: optional, at least 1 graphemes, at most 2 graphemes. */
    public @Nullable String textGraphemes() {
        return textGraphemes;
    }

    /** {@code numberConst}: optional, one of {@code 7}. */
    public @Nullable Long numberConst() {
        return numberConst;
    }

    /** {@code numberEnum}: optional, one of {@code 1}, {@code 2}, {@code 3}. */
    public @Nullable Long numberEnum() {
        return numberEnum;
    }

    /** {@code numberRange}: optional, at least -3, at most 3. */
    public @Nullable Long numberRange() {
        return numberRange;
    }

    /** {@code numberBig}: optional, at least -9007199254740991, at most 9007199254740991. */
    public @Nullable Long numberBig() {
        return numberBig;
    }

    /** {@code flagTrue}: optional. */
    public @Nullable Boolean flagTrue() {
        return flagTrue;
    }

    /** {@code flagFalse}: optional. */
    public @Nullable Boolean flagFalse() {
        return flagFalse;
    }

    /** {@code bytes}: optional, at least 1 bytes, at most 3 bytes. */
    public @Nullable Bytes bytes() {
        return bytes;
    }

    /** {@code plainBytes}: optional. */
    public @Nullable Bytes plainBytes() {
        return plainBytes;
    }

    /** {@code blob}: optional, of type {@code image/*}, <code>*&#47;*</code>, at most 1000 bytes. */
    public @Nullable BlobRef blob() {
        return blob;
    }

    /** {@code plainBlob}: optional. */
    public @Nullable BlobRef plainBlob() {
        return plainBlob;
    }

    /** {@code link}: optional. */
    public @Nullable Cid link() {
        return link;
    }

    /** {@code unknown}: optional. */
    public @Nullable LexMap unknown() {
        return unknown;
    }

    /** {@code links}: optional. */
    public @Nullable List<Cid> links() {
        return links;
    }

    /** {@code numbers}: optional, each one of {@code 1}, {@code 2}. */
    public @Nullable List<Long> numbers() {
        return numbers;
    }

    /** {@code dids}: optional, each of format {@code did}. */
    public @Nullable List<Did> dids() {
        return dids;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {formatAtIdentifier, formatAtUri, formatCid, formatDatetime, formatDid, formatHandle, formatLanguage, formatNsid, formatRecordKey, formatTid, formatUri, formatBounded, keyBounded, textConst, textEnum, textBytes, textGraphemes, numberConst, numberEnum, numberRange, numberBig, flagTrue, flagFalse, bytes, plainBytes, blob, plainBlob, link, unknown, links, numbers, dids};
    }

    /** Makes {@link Scalars}. */
    public static final class Builder extends ObjectBuilder<Scalars, Builder> {
        private @Nullable AtIdentifier formatAtIdentifier;
        private @Nullable AtUri formatAtUri;
        private @Nullable Cid formatCid;
        private @Nullable Datetime formatDatetime;
        private @Nullable Did formatDid;
        private @Nullable Handle formatHandle;
        private @Nullable LanguageTag formatLanguage;
        private @Nullable Nsid formatNsid;
        private @Nullable RecordKey formatRecordKey;
        private @Nullable Tid formatTid;
        private @Nullable String formatUri;
        private @Nullable String formatBounded;
        private @Nullable RecordKey keyBounded;
        private @Nullable String textConst;
        private @Nullable String textEnum;
        private @Nullable String textBytes;
        private @Nullable String textGraphemes;
        private @Nullable Long numberConst;
        private @Nullable Long numberEnum;
        private @Nullable Long numberRange;
        private @Nullable Long numberBig;
        private @Nullable Boolean flagTrue;
        private @Nullable Boolean flagFalse;
        private @Nullable Bytes bytes;
        private @Nullable Bytes plainBytes;
        private @Nullable BlobRef blob;
        private @Nullable BlobRef plainBlob;
        private @Nullable Cid link;
        private @Nullable LexMap unknown;
        private @Nullable List<Cid> links;
        private @Nullable List<Long> numbers;
        private @Nullable List<Did> dids;

        private Builder() {}

        private Builder(Scalars from) {
            super(from);
            this.formatAtIdentifier = from.formatAtIdentifier;
            this.formatAtUri = from.formatAtUri;
            this.formatCid = from.formatCid;
            this.formatDatetime = from.formatDatetime;
            this.formatDid = from.formatDid;
            this.formatHandle = from.formatHandle;
            this.formatLanguage = from.formatLanguage;
            this.formatNsid = from.formatNsid;
            this.formatRecordKey = from.formatRecordKey;
            this.formatTid = from.formatTid;
            this.formatUri = from.formatUri;
            this.formatBounded = from.formatBounded;
            this.keyBounded = from.keyBounded;
            this.textConst = from.textConst;
            this.textEnum = from.textEnum;
            this.textBytes = from.textBytes;
            this.textGraphemes = from.textGraphemes;
            this.numberConst = from.numberConst;
            this.numberEnum = from.numberEnum;
            this.numberRange = from.numberRange;
            this.numberBig = from.numberBig;
            this.flagTrue = from.flagTrue;
            this.flagFalse = from.flagFalse;
            this.bytes = from.bytes;
            this.plainBytes = from.plainBytes;
            this.blob = from.blob;
            this.plainBlob = from.plainBlob;
            this.link = from.link;
            this.unknown = from.unknown;
            this.links = from.links;
            this.numbers = from.numbers;
            this.dids = from.dids;
        }

        /** {@code formatAtIdentifier}: optional, of format {@code at-identifier}. */
        public Builder formatAtIdentifier(@Nullable AtIdentifier formatAtIdentifier) {
            this.formatAtIdentifier = formatAtIdentifier;
            return this;
        }

        /** As {@link #formatAtIdentifier(AtIdentifier)}, of a text that must be valid. */
        public Builder formatAtIdentifier(String formatAtIdentifier) {
            return formatAtIdentifier(AtIdentifier.of(formatAtIdentifier));
        }

        /** {@code formatAtUri}: optional, of format {@code at-uri}. */
        public Builder formatAtUri(@Nullable AtUri formatAtUri) {
            this.formatAtUri = formatAtUri;
            return this;
        }

        /** As {@link #formatAtUri(AtUri)}, of a text that must be valid. */
        public Builder formatAtUri(String formatAtUri) {
            return formatAtUri(AtUri.of(formatAtUri));
        }

        /** {@code formatCid}: optional, of format {@code cid}. */
        public Builder formatCid(@Nullable Cid formatCid) {
            this.formatCid = formatCid;
            return this;
        }

        /** As {@link #formatCid(Cid)}, of a text that must be valid. */
        public Builder formatCid(String formatCid) {
            return formatCid(Cid.of(formatCid));
        }

        /** {@code formatDatetime}: optional, of format {@code datetime}. */
        public Builder formatDatetime(@Nullable Datetime formatDatetime) {
            this.formatDatetime = formatDatetime;
            return this;
        }

        /** As {@link #formatDatetime(Datetime)}, of a text that must be valid. */
        public Builder formatDatetime(String formatDatetime) {
            return formatDatetime(Datetime.of(formatDatetime));
        }

        /** {@code formatDid}: optional, of format {@code did}. */
        public Builder formatDid(@Nullable Did formatDid) {
            this.formatDid = formatDid;
            return this;
        }

        /** As {@link #formatDid(Did)}, of a text that must be valid. */
        public Builder formatDid(String formatDid) {
            return formatDid(Did.of(formatDid));
        }

        /** {@code formatHandle}: optional, of format {@code handle}. */
        public Builder formatHandle(@Nullable Handle formatHandle) {
            this.formatHandle = formatHandle;
            return this;
        }

        /** As {@link #formatHandle(Handle)}, of a text that must be valid. */
        public Builder formatHandle(String formatHandle) {
            return formatHandle(Handle.of(formatHandle));
        }

        /** {@code formatLanguage}: optional, of format {@code language}. */
        public Builder formatLanguage(@Nullable LanguageTag formatLanguage) {
            this.formatLanguage = formatLanguage;
            return this;
        }

        /** As {@link #formatLanguage(LanguageTag)}, of a text that must be valid. */
        public Builder formatLanguage(String formatLanguage) {
            return formatLanguage(LanguageTag.of(formatLanguage));
        }

        /** {@code formatNsid}: optional, of format {@code nsid}. */
        public Builder formatNsid(@Nullable Nsid formatNsid) {
            this.formatNsid = formatNsid;
            return this;
        }

        /** As {@link #formatNsid(Nsid)}, of a text that must be valid. */
        public Builder formatNsid(String formatNsid) {
            return formatNsid(Nsid.of(formatNsid));
        }

        /** {@code formatRecordKey}: optional, of format {@code record-key}. */
        public Builder formatRecordKey(@Nullable RecordKey formatRecordKey) {
            this.formatRecordKey = formatRecordKey;
            return this;
        }

        /** As {@link #formatRecordKey(RecordKey)}, of a text that must be valid. */
        public Builder formatRecordKey(String formatRecordKey) {
            return formatRecordKey(RecordKey.of(formatRecordKey));
        }

        /** {@code formatTid}: optional, of format {@code tid}. */
        public Builder formatTid(@Nullable Tid formatTid) {
            this.formatTid = formatTid;
            return this;
        }

        /** As {@link #formatTid(Tid)}, of a text that must be valid. */
        public Builder formatTid(String formatTid) {
            return formatTid(Tid.of(formatTid));
        }

        /** {@code formatUri}: optional, of format {@code uri}. */
        public Builder formatUri(@Nullable String formatUri) {
            this.formatUri = formatUri;
            return this;
        }

        /** {@code formatBounded}: optional, of format {@code uri}, at most 20 bytes of UTF-8. */
        public Builder formatBounded(@Nullable String formatBounded) {
            this.formatBounded = formatBounded;
            return this;
        }

        /**
         * {@code keyBounded}: optional, of format {@code record-key}, at least 2 bytes of UTF-8, at most 5 bytes of UTF-8.
         */
        public Builder keyBounded(@Nullable RecordKey keyBounded) {
            this.keyBounded = keyBounded;
            return this;
        }

        /** As {@link #keyBounded(RecordKey)}, of a text that must be valid. */
        public Builder keyBounded(String keyBounded) {
            return keyBounded(RecordKey.of(keyBounded));
        }

        /** {@code textConst}: optional, one of {@code only}. */
        public Builder textConst(@Nullable String textConst) {
            this.textConst = textConst;
            return this;
        }

        /** {@code textEnum}: optional, one of {@code a}, {@code b$}, {@code "q"}, <code>&#92;u0041</code>. */
        public Builder textEnum(@Nullable String textEnum) {
            this.textEnum = textEnum;
            return this;
        }

        /** {@code textBytes}: optional, at least 2 bytes of UTF-8, at most 4 bytes of UTF-8. */
        public Builder textBytes(@Nullable String textBytes) {
            this.textBytes = textBytes;
            return this;
        }

        /** {@code textGraphemes}: optional, at least 1 graphemes, at most 2 graphemes. */
        public Builder textGraphemes(@Nullable String textGraphemes) {
            this.textGraphemes = textGraphemes;
            return this;
        }

        /** {@code numberConst}: optional, one of {@code 7}. */
        public Builder numberConst(@Nullable Long numberConst) {
            this.numberConst = numberConst;
            return this;
        }

        /** {@code numberEnum}: optional, one of {@code 1}, {@code 2}, {@code 3}. */
        public Builder numberEnum(@Nullable Long numberEnum) {
            this.numberEnum = numberEnum;
            return this;
        }

        /** {@code numberRange}: optional, at least -3, at most 3. */
        public Builder numberRange(@Nullable Long numberRange) {
            this.numberRange = numberRange;
            return this;
        }

        /** {@code numberBig}: optional, at least -9007199254740991, at most 9007199254740991. */
        public Builder numberBig(@Nullable Long numberBig) {
            this.numberBig = numberBig;
            return this;
        }

        /** {@code flagTrue}: optional. */
        public Builder flagTrue(@Nullable Boolean flagTrue) {
            this.flagTrue = flagTrue;
            return this;
        }

        /** {@code flagFalse}: optional. */
        public Builder flagFalse(@Nullable Boolean flagFalse) {
            this.flagFalse = flagFalse;
            return this;
        }

        /** {@code bytes}: optional, at least 1 bytes, at most 3 bytes. */
        public Builder bytes(@Nullable Bytes bytes) {
            this.bytes = bytes;
            return this;
        }

        /** {@code plainBytes}: optional. */
        public Builder plainBytes(@Nullable Bytes plainBytes) {
            this.plainBytes = plainBytes;
            return this;
        }

        /** {@code blob}: optional, of type {@code image/*}, <code>*&#47;*</code>, at most 1000 bytes. */
        public Builder blob(@Nullable BlobRef blob) {
            this.blob = blob;
            return this;
        }

        /** {@code plainBlob}: optional. */
        public Builder plainBlob(@Nullable BlobRef plainBlob) {
            this.plainBlob = plainBlob;
            return this;
        }

        /** {@code link}: optional. */
        public Builder link(@Nullable Cid link) {
            this.link = link;
            return this;
        }

        /** {@code unknown}: optional. */
        public Builder unknown(@Nullable LexMap unknown) {
            this.unknown = unknown;
            return this;
        }

        /** {@code links}: optional. */
        public Builder links(@Nullable List<Cid> links) {
            this.links = links == null ? null : List.copyOf(links);
            return this;
        }

        /** {@code numbers}: optional, each one of {@code 1}, {@code 2}. */
        public Builder numbers(@Nullable List<Long> numbers) {
            this.numbers = numbers == null ? null : List.copyOf(numbers);
            return this;
        }

        /** {@code dids}: optional, each of format {@code did}. */
        public Builder dids(@Nullable List<Did> dids) {
            this.dids = dids == null ? null : List.copyOf(dids);
            return this;
        }

        @Override
        public Scalars build() {
            return new Scalars(formatAtIdentifier, formatAtUri, formatCid, formatDatetime,
                    formatDid, formatHandle, formatLanguage, formatNsid, formatRecordKey, formatTid,
                    formatUri, formatBounded, keyBounded, textConst, textEnum, textBytes,
                    textGraphemes, numberConst, numberEnum, numberRange, numberBig, flagTrue,
                    flagFalse, bytes, plainBytes, blob, plainBlob, link, unknown, links, numbers,
                    dids, extra());
        }
    }

    private static final class ScalarsCodec extends ObjectCodec<Scalars, Builder> {
        private static final Codec<String> FORMAT_BOUNDED = Codecs.URI.with(StringRule.ANY.maxLength(20));

        private static final Codec<RecordKey> KEY_BOUNDED = Codecs.RECORD_KEY.with(StringRule.ANY.minLength(2).maxLength(5));

        private static final StringRule TEXT_CONST = StringRule.ANY.oneOf("only");

        private static final StringRule TEXT_ENUM = StringRule.ANY.oneOf("a", "b$", "\"q\"", "\\u0041");

        private static final StringRule TEXT_BYTES = StringRule.ANY.minLength(2).maxLength(4);

        private static final StringRule TEXT_GRAPHEMES = StringRule.ANY.minGraphemes(1).maxGraphemes(2);

        private static final IntegerRule NUMBER_CONST = IntegerRule.ANY.oneOf(7L);

        private static final IntegerRule NUMBER_ENUM = IntegerRule.ANY.oneOf(1L, 2L, 3L);

        private static final IntegerRule NUMBER_RANGE = IntegerRule.ANY.minimum(-3L).maximum(3L);

        private static final IntegerRule NUMBER_BIG = IntegerRule.ANY.minimum(-9007199254740991L).maximum(9007199254740991L);

        private static final BytesRule BYTES = BytesRule.ANY.minLength(1).maxLength(3);

        private static final BlobRule BLOB = BlobRule.ANY.accept("image/*", "*/*").maxSize(1000L);

        private static final IntegerRule NUMBERS_ITEM = IntegerRule.ANY.oneOf(1L, 2L);

        ScalarsCodec() {
            super("com.example.hazard.scalars", "sssssssssssssssssiiiibbxxoolmaaa", ObjectCodec.Typing.CHECKED,
                    "formatAtIdentifier", "formatAtUri", "formatCid", "formatDatetime", "formatDid",
                    "formatHandle", "formatLanguage", "formatNsid", "formatRecordKey", "formatTid",
                    "formatUri", "formatBounded", "keyBounded", "textConst", "textEnum",
                    "textBytes", "textGraphemes", "numberConst", "numberEnum", "numberRange",
                    "numberBig", "flagTrue", "flagFalse", "bytes", "plainBytes", "blob",
                    "plainBlob", "link", "unknown", "links", "numbers", "dids");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Scalars readFields(LexReader reader) {
            AtIdentifier formatAtIdentifier = null;
            AtUri formatAtUri = null;
            Cid formatCid = null;
            Datetime formatDatetime = null;
            Did formatDid = null;
            Handle formatHandle = null;
            LanguageTag formatLanguage = null;
            Nsid formatNsid = null;
            RecordKey formatRecordKey = null;
            Tid formatTid = null;
            String formatUri = null;
            String formatBounded = null;
            RecordKey keyBounded = null;
            String textConst = null;
            String textEnum = null;
            String textBytes = null;
            String textGraphemes = null;
            Long numberConst = null;
            Long numberEnum = null;
            Long numberRange = null;
            Long numberBig = null;
            Boolean flagTrue = null;
            Boolean flagFalse = null;
            Bytes bytes = null;
            Bytes plainBytes = null;
            BlobRef blob = null;
            BlobRef plainBlob = null;
            Cid link = null;
            LexMap unknown = null;
            List<Cid> links = null;
            List<Long> numbers = null;
            List<Did> dids = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> formatAtIdentifier = Codecs.AT_IDENTIFIER.read(reader);
                    case 1 -> formatAtUri = Codecs.AT_URI.read(reader);
                    case 2 -> formatCid = Codecs.CID.read(reader);
                    case 3 -> formatDatetime = Codecs.DATETIME.read(reader);
                    case 4 -> formatDid = Codecs.DID.read(reader);
                    case 5 -> formatHandle = Codecs.HANDLE.read(reader);
                    case 6 -> formatLanguage = Codecs.LANGUAGE.read(reader);
                    case 7 -> formatNsid = Codecs.NSID.read(reader);
                    case 8 -> formatRecordKey = Codecs.RECORD_KEY.read(reader);
                    case 9 -> formatTid = Codecs.TID.read(reader);
                    case 10 -> formatUri = Codecs.URI.read(reader);
                    case 11 -> formatBounded = FORMAT_BOUNDED.read(reader);
                    case 12 -> keyBounded = KEY_BOUNDED.read(reader);
                    case 13 -> textConst = TEXT_CONST.read(reader);
                    case 14 -> textEnum = TEXT_ENUM.read(reader);
                    case 15 -> textBytes = TEXT_BYTES.read(reader);
                    case 16 -> textGraphemes = TEXT_GRAPHEMES.read(reader);
                    case 17 -> numberConst = NUMBER_CONST.readLong(reader);
                    case 18 -> numberEnum = NUMBER_ENUM.readLong(reader);
                    case 19 -> numberRange = NUMBER_RANGE.readLong(reader);
                    case 20 -> numberBig = NUMBER_BIG.readLong(reader);
                    case 21 -> flagTrue = BooleanRule.ALWAYS.read(reader);
                    case 22 -> flagFalse = BooleanRule.NEVER.read(reader);
                    case 23 -> bytes = BYTES.read(reader);
                    case 24 -> plainBytes = BytesRule.ANY.read(reader);
                    case 25 -> blob = BLOB.read(reader);
                    case 26 -> plainBlob = BlobRule.ANY.read(reader);
                    case 27 -> link = Codecs.LINK.read(reader);
                    case 28 -> unknown = Codecs.MAP.read(reader);
                    case 29 -> links = ListRule.ANY.read(reader, Codecs.LINK);
                    case 30 -> numbers = ListRule.ANY.read(reader, NUMBERS_ITEM);
                    case 31 -> dids = ListRule.ANY.read(reader, Codecs.DID);
                    default -> extra = keep(reader, extra);
                }
            }
            return new Scalars(formatAtIdentifier, formatAtUri, formatCid, formatDatetime,
                    formatDid, formatHandle, formatLanguage, formatNsid, formatRecordKey, formatTid,
                    formatUri, formatBounded, keyBounded, textConst, textEnum, textBytes,
                    textGraphemes, numberConst, numberEnum, numberRange, numberBig, flagTrue,
                    flagFalse, bytes, plainBytes, blob, plainBlob, link, unknown, links, numbers,
                    dids, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Scalars value) {
            if (value.formatAtIdentifier != null) {
                writer.name(fields(), 0);
                Codecs.AT_IDENTIFIER.write(writer, value.formatAtIdentifier);
            }
            if (value.formatAtUri != null) {
                writer.name(fields(), 1);
                Codecs.AT_URI.write(writer, value.formatAtUri);
            }
            if (value.formatCid != null) {
                writer.name(fields(), 2);
                Codecs.CID.write(writer, value.formatCid);
            }
            if (value.formatDatetime != null) {
                writer.name(fields(), 3);
                Codecs.DATETIME.write(writer, value.formatDatetime);
            }
            if (value.formatDid != null) {
                writer.name(fields(), 4);
                Codecs.DID.write(writer, value.formatDid);
            }
            if (value.formatHandle != null) {
                writer.name(fields(), 5);
                Codecs.HANDLE.write(writer, value.formatHandle);
            }
            if (value.formatLanguage != null) {
                writer.name(fields(), 6);
                Codecs.LANGUAGE.write(writer, value.formatLanguage);
            }
            if (value.formatNsid != null) {
                writer.name(fields(), 7);
                Codecs.NSID.write(writer, value.formatNsid);
            }
            if (value.formatRecordKey != null) {
                writer.name(fields(), 8);
                Codecs.RECORD_KEY.write(writer, value.formatRecordKey);
            }
            if (value.formatTid != null) {
                writer.name(fields(), 9);
                Codecs.TID.write(writer, value.formatTid);
            }
            if (value.formatUri != null) {
                writer.name(fields(), 10);
                Codecs.URI.write(writer, value.formatUri);
            }
            if (value.formatBounded != null) {
                writer.name(fields(), 11);
                FORMAT_BOUNDED.write(writer, value.formatBounded);
            }
            if (value.keyBounded != null) {
                writer.name(fields(), 12);
                KEY_BOUNDED.write(writer, value.keyBounded);
            }
            if (value.textConst != null) {
                writer.name(fields(), 13);
                writer.string(value.textConst);
            }
            if (value.textEnum != null) {
                writer.name(fields(), 14);
                writer.string(value.textEnum);
            }
            if (value.textBytes != null) {
                writer.name(fields(), 15);
                writer.string(value.textBytes);
            }
            if (value.textGraphemes != null) {
                writer.name(fields(), 16);
                writer.string(value.textGraphemes);
            }
            if (value.numberConst != null) {
                writer.name(fields(), 17);
                writer.integer(value.numberConst);
            }
            if (value.numberEnum != null) {
                writer.name(fields(), 18);
                writer.integer(value.numberEnum);
            }
            if (value.numberRange != null) {
                writer.name(fields(), 19);
                writer.integer(value.numberRange);
            }
            if (value.numberBig != null) {
                writer.name(fields(), 20);
                writer.integer(value.numberBig);
            }
            if (value.flagTrue != null) {
                writer.name(fields(), 21);
                writer.bool(value.flagTrue);
            }
            if (value.flagFalse != null) {
                writer.name(fields(), 22);
                writer.bool(value.flagFalse);
            }
            if (value.bytes != null) {
                writer.name(fields(), 23);
                BYTES.write(writer, value.bytes);
            }
            if (value.plainBytes != null) {
                writer.name(fields(), 24);
                BytesRule.ANY.write(writer, value.plainBytes);
            }
            if (value.blob != null) {
                writer.name(fields(), 25);
                BLOB.write(writer, value.blob);
            }
            if (value.plainBlob != null) {
                writer.name(fields(), 26);
                BlobRule.ANY.write(writer, value.plainBlob);
            }
            if (value.link != null) {
                writer.name(fields(), 27);
                Codecs.LINK.write(writer, value.link);
            }
            if (value.unknown != null) {
                writer.name(fields(), 28);
                Codecs.MAP.write(writer, value.unknown);
            }
            if (value.links != null) {
                writer.name(fields(), 29);
                ListRule.write(writer, value.links, Codecs.LINK);
            }
            if (value.numbers != null) {
                writer.name(fields(), 30);
                ListRule.write(writer, value.numbers, NUMBERS_ITEM);
            }
            if (value.dids != null) {
                writer.name(fields(), 31);
                ListRule.write(writer, value.dids, Codecs.DID);
            }
        }
    }
}
