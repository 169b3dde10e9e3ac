// Generated from the lexicon com.example.hazard.scalars. Do not edit.
package com.example.hazard;

import dev.atlex.data.BlobRef;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.InvalidSyntaxException;
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
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.hazard.scalars}. */
public final class Scalars extends LexObject implements Buildable<Scalars, Scalars.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.scalars";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Scalars, Builder> CODEC = new ScalarsCodec();

    private final AtIdentifier formatAtIdentifier;
    private final AtUri formatAtUri;
    private final Cid formatCid;
    private final Datetime formatDatetime;
    private final Did formatDid;
    private final Handle formatHandle;
    private final LanguageTag formatLanguage;
    private final Nsid formatNsid;
    private final RecordKey formatRecordKey;
    private final Tid formatTid;
    private final String formatUri;
    private final String formatBounded;
    private final RecordKey keyBounded;
    private final String textConst;
    private final String textEnum;
    private final String textBytes;
    private final String textGraphemes;
    private final Long numberConst;
    private final Long numberEnum;
    private final Long numberRange;
    private final Long numberBig;
    private final Boolean flagTrue;
    private final Boolean flagFalse;
    private final Bytes bytes;
    private final Bytes plainBytes;
    private final BlobRef blob;
    private final BlobRef plainBlob;
    private final Cid link;
    private final LexMap unknown;
    private final List<Cid> links;
    private final List<Long> numbers;
    private final List<Did> dids;

    private Scalars(AtIdentifier formatAtIdentifier, AtUri formatAtUri, Cid formatCid,
            Datetime formatDatetime, Did formatDid, Handle formatHandle, LanguageTag formatLanguage,
            Nsid formatNsid, RecordKey formatRecordKey, Tid formatTid, String formatUri,
            String formatBounded, RecordKey keyBounded, String textConst, String textEnum,
            String textBytes, String textGraphemes, Long numberConst, Long numberEnum,
            Long numberRange, Long numberBig, Boolean flagTrue, Boolean flagFalse, Bytes bytes,
            Bytes plainBytes, BlobRef blob, BlobRef plainBlob, Cid link, LexMap unknown,
            List<Cid> links, List<Long> numbers, List<Did> dids, LexMap extra) {
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

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code formatAtIdentifier}: optional, format {@code at-identifier}. */
    public @Nullable AtIdentifier formatAtIdentifier() {
        return formatAtIdentifier;
    }

    /** Returns {@code formatAtUri}: optional, format {@code at-uri}. */
    public @Nullable AtUri formatAtUri() {
        return formatAtUri;
    }

    /** Returns {@code formatCid}: optional, format {@code cid}. */
    public @Nullable Cid formatCid() {
        return formatCid;
    }

    /** Returns {@code formatDatetime}: optional, format {@code datetime}. */
    public @Nullable Datetime formatDatetime() {
        return formatDatetime;
    }

    /** Returns {@code formatDid}: optional, format {@code did}. */
    public @Nullable Did formatDid() {
        return formatDid;
    }

    /** Returns {@code formatHandle}: optional, format {@code handle}. */
    public @Nullable Handle formatHandle() {
        return formatHandle;
    }

    /** Returns {@code formatLanguage}: optional, format {@code language}. */
    public @Nullable LanguageTag formatLanguage() {
        return formatLanguage;
    }

    /** Returns {@code formatNsid}: optional, format {@code nsid}. */
    public @Nullable Nsid formatNsid() {
        return formatNsid;
    }

    /** Returns {@code formatRecordKey}: optional, format {@code record-key}. */
    public @Nullable RecordKey formatRecordKey() {
        return formatRecordKey;
    }

    /** Returns {@code formatTid}: optional, format {@code tid}. */
    public @Nullable Tid formatTid() {
        return formatTid;
    }

    /** Returns {@code formatUri}: optional, format {@code uri}. */
    public @Nullable String formatUri() {
        return formatUri;
    }

    /** Returns {@code formatBounded}: optional, format {@code uri}, at most 20 UTF-8 bytes. */
    public @Nullable String formatBounded() {
        return formatBounded;
    }

    /** Returns {@code keyBounded}: optional, format {@code record-key}, 2 to 5 UTF-8 bytes. */
    public @Nullable RecordKey keyBounded() {
        return keyBounded;
    }

    /** Returns {@code textConst}: optional, always {@code only}. */
    public @Nullable String textConst() {
        return textConst;
    }

    /**
     * Returns {@code textEnum}: optional, one of {@code a}, {@code b$}, {@code "q"},
     * <code>&#92;u0041</code>.
     */
    public @Nullable String textEnum() {
        return textEnum;
    }

    /** Returns {@code textBytes}: optional, 2 to 4 UTF-8 bytes. */
    public @Nullable String textBytes() {
        return textBytes;
    }

    /** Returns {@code textGraphemes}: optional, 1 to 2 graphemes. */
    public @Nullable String textGraphemes() {
        return textGraphemes;
    }

    /** Returns {@code numberConst}: optional, always {@code 7}. */
    public @Nullable Long numberConst() {
        return numberConst;
    }

    /** Returns {@code numberEnum}: optional, one of {@code 1}, {@code 2}, {@code 3}. */
    public @Nullable Long numberEnum() {
        return numberEnum;
    }

    /** Returns {@code numberRange}: optional, -3 to 3. */
    public @Nullable Long numberRange() {
        return numberRange;
    }

    /** Returns {@code numberBig}: optional, -9007199254740991 to 9007199254740991. */
    public @Nullable Long numberBig() {
        return numberBig;
    }

    /** Returns {@code flagTrue}: optional. */
    public @Nullable Boolean flagTrue() {
        return flagTrue;
    }

    /** Returns {@code flagFalse}: optional. */
    public @Nullable Boolean flagFalse() {
        return flagFalse;
    }

    /** Returns {@code bytes}: optional, 1 to 3 bytes. */
    public @Nullable Bytes bytes() {
        return bytes;
    }

    /** Returns {@code plainBytes}: optional. */
    public @Nullable Bytes plainBytes() {
        return plainBytes;
    }

    /**
     * Returns {@code blob}: optional, media types {@code image/*}, <code>*&#47;*</code>, at most 1000
     * bytes.
     */
    public @Nullable BlobRef blob() {
        return blob;
    }

    /** Returns {@code plainBlob}: optional. */
    public @Nullable BlobRef plainBlob() {
        return plainBlob;
    }

    /** Returns {@code link}: optional. */
    public @Nullable Cid link() {
        return link;
    }

    /** Returns {@code unknown}: optional. */
    public @Nullable LexMap unknown() {
        return unknown;
    }

    /** Returns {@code links}: optional. */
    public @Nullable List<Cid> links() {
        return links;
    }

    /** Returns {@code numbers}: optional, each element: one of {@code 1}, {@code 2}. */
    public @Nullable List<Long> numbers() {
        return numbers;
    }

    /** Returns {@code dids}: optional, each element: format {@code did}. */
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

    /** Builds {@link Scalars}. */
    public static final class Builder extends ObjectBuilder<Scalars, Builder> {
        private AtIdentifier formatAtIdentifier;
        private AtUri formatAtUri;
        private Cid formatCid;
        private Datetime formatDatetime;
        private Did formatDid;
        private Handle formatHandle;
        private LanguageTag formatLanguage;
        private Nsid formatNsid;
        private RecordKey formatRecordKey;
        private Tid formatTid;
        private String formatUri;
        private String formatBounded;
        private RecordKey keyBounded;
        private String textConst;
        private String textEnum;
        private String textBytes;
        private String textGraphemes;
        private Long numberConst;
        private Long numberEnum;
        private Long numberRange;
        private Long numberBig;
        private Boolean flagTrue;
        private Boolean flagFalse;
        private Bytes bytes;
        private Bytes plainBytes;
        private BlobRef blob;
        private BlobRef plainBlob;
        private Cid link;
        private LexMap unknown;
        private List<Cid> links;
        private List<Long> numbers;
        private List<Did> dids;

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

        /** Sets {@code formatAtIdentifier}: optional, format {@code at-identifier}. */
        public Builder formatAtIdentifier(@Nullable AtIdentifier formatAtIdentifier) {
            this.formatAtIdentifier = formatAtIdentifier;
            return this;
        }

        /**
         * Sets {@code formatAtIdentifier} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder formatAtIdentifier(String formatAtIdentifier) {
            return formatAtIdentifier(AtIdentifier.of(formatAtIdentifier));
        }

        /** Sets {@code formatAtUri}: optional, format {@code at-uri}. */
        public Builder formatAtUri(@Nullable AtUri formatAtUri) {
            this.formatAtUri = formatAtUri;
            return this;
        }

        /**
         * Sets {@code formatAtUri} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder formatAtUri(String formatAtUri) {
            return formatAtUri(AtUri.of(formatAtUri));
        }

        /** Sets {@code formatCid}: optional, format {@code cid}. */
        public Builder formatCid(@Nullable Cid formatCid) {
            this.formatCid = formatCid;
            return this;
        }

        /**
         * Sets {@code formatCid} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder formatCid(String formatCid) {
            return formatCid(Cid.of(formatCid));
        }

        /** Sets {@code formatDatetime}: optional, format {@code datetime}. */
        public Builder formatDatetime(@Nullable Datetime formatDatetime) {
            this.formatDatetime = formatDatetime;
            return this;
        }

        /**
         * Sets {@code formatDatetime} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder formatDatetime(String formatDatetime) {
            return formatDatetime(Datetime.of(formatDatetime));
        }

        /** Sets {@code formatDatetime} to an instant, truncated to milliseconds. */
        public Builder formatDatetime(Instant formatDatetime) {
            return formatDatetime(Datetime.of(formatDatetime));
        }

        /** Sets {@code formatDid}: optional, format {@code did}. */
        public Builder formatDid(@Nullable Did formatDid) {
            this.formatDid = formatDid;
            return this;
        }

        /**
         * Sets {@code formatDid} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder formatDid(String formatDid) {
            return formatDid(Did.of(formatDid));
        }

        /** Sets {@code formatHandle}: optional, format {@code handle}. */
        public Builder formatHandle(@Nullable Handle formatHandle) {
            this.formatHandle = formatHandle;
            return this;
        }

        /**
         * Sets {@code formatHandle} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder formatHandle(String formatHandle) {
            return formatHandle(Handle.of(formatHandle));
        }

        /** Sets {@code formatLanguage}: optional, format {@code language}. */
        public Builder formatLanguage(@Nullable LanguageTag formatLanguage) {
            this.formatLanguage = formatLanguage;
            return this;
        }

        /**
         * Sets {@code formatLanguage} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder formatLanguage(String formatLanguage) {
            return formatLanguage(LanguageTag.of(formatLanguage));
        }

        /** Sets {@code formatNsid}: optional, format {@code nsid}. */
        public Builder formatNsid(@Nullable Nsid formatNsid) {
            this.formatNsid = formatNsid;
            return this;
        }

        /**
         * Sets {@code formatNsid} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder formatNsid(String formatNsid) {
            return formatNsid(Nsid.of(formatNsid));
        }

        /** Sets {@code formatRecordKey}: optional, format {@code record-key}. */
        public Builder formatRecordKey(@Nullable RecordKey formatRecordKey) {
            this.formatRecordKey = formatRecordKey;
            return this;
        }

        /**
         * Sets {@code formatRecordKey} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder formatRecordKey(String formatRecordKey) {
            return formatRecordKey(RecordKey.of(formatRecordKey));
        }

        /** Sets {@code formatTid}: optional, format {@code tid}. */
        public Builder formatTid(@Nullable Tid formatTid) {
            this.formatTid = formatTid;
            return this;
        }

        /**
         * Sets {@code formatTid} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder formatTid(String formatTid) {
            return formatTid(Tid.of(formatTid));
        }

        /** Sets {@code formatUri}: optional, format {@code uri}. */
        public Builder formatUri(@Nullable String formatUri) {
            this.formatUri = formatUri;
            return this;
        }

        /** Sets {@code formatBounded}: optional, format {@code uri}, at most 20 UTF-8 bytes. */
        public Builder formatBounded(@Nullable String formatBounded) {
            this.formatBounded = formatBounded;
            return this;
        }

        /** Sets {@code keyBounded}: optional, format {@code record-key}, 2 to 5 UTF-8 bytes. */
        public Builder keyBounded(@Nullable RecordKey keyBounded) {
            this.keyBounded = keyBounded;
            return this;
        }

        /**
         * Sets {@code keyBounded} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder keyBounded(String keyBounded) {
            return keyBounded(RecordKey.of(keyBounded));
        }

        /** Sets {@code textConst}: optional, always {@code only}. */
        public Builder textConst(@Nullable String textConst) {
            this.textConst = textConst;
            return this;
        }

        /** Sets {@code textEnum}: optional, one of {@code a}, {@code b$}, {@code "q"}, <code>&#92;u0041</code>. */
        public Builder textEnum(@Nullable String textEnum) {
            this.textEnum = textEnum;
            return this;
        }

        /** Sets {@code textBytes}: optional, 2 to 4 UTF-8 bytes. */
        public Builder textBytes(@Nullable String textBytes) {
            this.textBytes = textBytes;
            return this;
        }

        /** Sets {@code textGraphemes}: optional, 1 to 2 graphemes. */
        public Builder textGraphemes(@Nullable String textGraphemes) {
            this.textGraphemes = textGraphemes;
            return this;
        }

        /** Sets {@code numberConst}: optional, always {@code 7}. */
        public Builder numberConst(@Nullable Long numberConst) {
            this.numberConst = numberConst;
            return this;
        }

        /** Sets {@code numberConst}. */
        public Builder numberConst(long numberConst) {
            return numberConst((Long) numberConst);
        }

        /** Sets {@code numberEnum}: optional, one of {@code 1}, {@code 2}, {@code 3}. */
        public Builder numberEnum(@Nullable Long numberEnum) {
            this.numberEnum = numberEnum;
            return this;
        }

        /** Sets {@code numberEnum}. */
        public Builder numberEnum(long numberEnum) {
            return numberEnum((Long) numberEnum);
        }

        /** Sets {@code numberRange}: optional, -3 to 3. */
        public Builder numberRange(@Nullable Long numberRange) {
            this.numberRange = numberRange;
            return this;
        }

        /** Sets {@code numberRange}. */
        public Builder numberRange(long numberRange) {
            return numberRange((Long) numberRange);
        }

        /** Sets {@code numberBig}: optional, -9007199254740991 to 9007199254740991. */
        public Builder numberBig(@Nullable Long numberBig) {
            this.numberBig = numberBig;
            return this;
        }

        /** Sets {@code numberBig}. */
        public Builder numberBig(long numberBig) {
            return numberBig((Long) numberBig);
        }

        /** Sets {@code flagTrue}: optional. */
        public Builder flagTrue(@Nullable Boolean flagTrue) {
            this.flagTrue = flagTrue;
            return this;
        }

        /** Sets {@code flagFalse}: optional. */
        public Builder flagFalse(@Nullable Boolean flagFalse) {
            this.flagFalse = flagFalse;
            return this;
        }

        /** Sets {@code bytes}: optional, 1 to 3 bytes. */
        public Builder bytes(@Nullable Bytes bytes) {
            this.bytes = bytes;
            return this;
        }

        /** Sets {@code plainBytes}: optional. */
        public Builder plainBytes(@Nullable Bytes plainBytes) {
            this.plainBytes = plainBytes;
            return this;
        }

        /** Sets {@code blob}: optional, media types {@code image/*}, <code>*&#47;*</code>, at most 1000 bytes. */
        public Builder blob(@Nullable BlobRef blob) {
            this.blob = blob;
            return this;
        }

        /** Sets {@code plainBlob}: optional. */
        public Builder plainBlob(@Nullable BlobRef plainBlob) {
            this.plainBlob = plainBlob;
            return this;
        }

        /** Sets {@code link}: optional. */
        public Builder link(@Nullable Cid link) {
            this.link = link;
            return this;
        }

        /** Sets {@code unknown}: optional. */
        public Builder unknown(@Nullable LexMap unknown) {
            this.unknown = unknown;
            return this;
        }

        /** Sets {@code links}: optional. */
        public Builder links(@Nullable Collection<? extends Cid> links) {
            this.links = ListRule.copy(links);
            return this;
        }

        /** Sets {@code links} to these elements. */
        public Builder links(Cid... links) {
            return links(List.of(links));
        }

        /** Sets {@code numbers}: optional, each element: one of {@code 1}, {@code 2}. */
        public Builder numbers(@Nullable Collection<Long> numbers) {
            this.numbers = ListRule.copy(numbers);
            return this;
        }

        /** Sets {@code numbers} to these elements. */
        public Builder numbers(long... numbers) {
            return numbers(ListRule.of(numbers));
        }

        /** Sets {@code dids}: optional, each element: format {@code did}. */
        public Builder dids(@Nullable Collection<? extends Did> dids) {
            this.dids = ListRule.copy(dids);
            return this;
        }

        /** Sets {@code dids} to these elements. */
        public Builder dids(Did... dids) {
            return dids(List.of(dids));
        }

        /**
         * Sets {@code dids} by parsing strings.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder dids(String... dids) {
            return dids(Codecs.DID.parse(dids));
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
