// Generated from the lexicon com.example.hazard.presence. Do not edit.
package com.example.hazard;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.StringRule;
import dev.atlex.syntax.Did;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.hazard.presence}. */
public final class Presence extends LexObject implements Buildable<Presence, Presence.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.presence";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Presence, Builder> CODEC = new PresenceCodec();

    private final String textOptional;
    private final String textOptionalDefault;
    private final String textOptionalNullable;
    private final String textOptionalNullableDefault;
    private final String textRequired;
    private final String textRequiredDefault;
    private final String textRequiredNullable;
    private final String textRequiredNullableDefault;
    private final Long numberOptional;
    private final Long numberOptionalDefault;
    private final Long numberOptionalNullable;
    private final Long numberOptionalNullableDefault;
    private final long numberRequired;
    private final long numberRequiredDefault;
    private final Long numberRequiredNullable;
    private final Long numberRequiredNullableDefault;
    private final Boolean flagOptionalDefault;
    private final Did didRequiredDefault;
    private final List<String> listRequiredNullable;

    private Presence(String textOptional, String textOptionalDefault, String textOptionalNullable,
            String textOptionalNullableDefault, String textRequired, String textRequiredDefault,
            String textRequiredNullable, String textRequiredNullableDefault, Long numberOptional,
            Long numberOptionalDefault, Long numberOptionalNullable,
            Long numberOptionalNullableDefault, long numberRequired, long numberRequiredDefault,
            Long numberRequiredNullable, Long numberRequiredNullableDefault,
            Boolean flagOptionalDefault, Did didRequiredDefault, List<String> listRequiredNullable,
            LexMap extra) {
        super(extra);
        this.textOptional = textOptional;
        this.textOptionalDefault = textOptionalDefault;
        this.textOptionalNullable = textOptionalNullable;
        this.textOptionalNullableDefault = textOptionalNullableDefault;
        this.textRequired = textRequired;
        this.textRequiredDefault = textRequiredDefault;
        this.textRequiredNullable = textRequiredNullable;
        this.textRequiredNullableDefault = textRequiredNullableDefault;
        this.numberOptional = numberOptional;
        this.numberOptionalDefault = numberOptionalDefault;
        this.numberOptionalNullable = numberOptionalNullable;
        this.numberOptionalNullableDefault = numberOptionalNullableDefault;
        this.numberRequired = numberRequired;
        this.numberRequiredDefault = numberRequiredDefault;
        this.numberRequiredNullable = numberRequiredNullable;
        this.numberRequiredNullableDefault = numberRequiredNullableDefault;
        this.flagOptionalDefault = flagOptionalDefault;
        this.didRequiredDefault = didRequiredDefault;
        this.listRequiredNullable = listRequiredNullable;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code textOptional}: optional. */
    public @Nullable String textOptional() {
        return textOptional;
    }

    /** Returns {@code textOptionalDefault}: optional, default {@code a}. */
    public String textOptionalDefault() {
        return textOptionalDefault == null ? "a" : textOptionalDefault;
    }

    /** Returns {@code textOptionalNullable}: optional, nullable. */
    public @Nullable String textOptionalNullable() {
        return textOptionalNullable;
    }

    /** Returns {@code textOptionalNullableDefault}: optional, nullable, default {@code a}. */
    public @Nullable String textOptionalNullableDefault() {
        return textOptionalNullableDefault == null && !isGivenAsNull("textOptionalNullableDefault") ? "a" : textOptionalNullableDefault;
    }

    /** Returns {@code textRequired}: required. */
    public String textRequired() {
        return textRequired;
    }

    /** Returns {@code textRequiredDefault}: required, default {@code a}. */
    public String textRequiredDefault() {
        return textRequiredDefault;
    }

    /** Returns {@code textRequiredNullable}: required, nullable. */
    public @Nullable String textRequiredNullable() {
        return textRequiredNullable;
    }

    /** Returns {@code textRequiredNullableDefault}: required, nullable, default {@code a}. */
    public @Nullable String textRequiredNullableDefault() {
        return textRequiredNullableDefault;
    }

    /** Returns {@code numberOptional}: optional. */
    public @Nullable Long numberOptional() {
        return numberOptional;
    }

    /** Returns {@code numberOptionalDefault}: optional, default {@code 5}. */
    public long numberOptionalDefault() {
        return numberOptionalDefault == null ? 5L : numberOptionalDefault;
    }

    /** Returns {@code numberOptionalNullable}: optional, nullable. */
    public @Nullable Long numberOptionalNullable() {
        return numberOptionalNullable;
    }

    /** Returns {@code numberOptionalNullableDefault}: optional, nullable, default {@code 5}. */
    public @Nullable Long numberOptionalNullableDefault() {
        return numberOptionalNullableDefault == null && !isGivenAsNull("numberOptionalNullableDefault") ? (Long) 5L : numberOptionalNullableDefault;
    }

    /** Returns {@code numberRequired}: required. */
    public long numberRequired() {
        return numberRequired;
    }

    /** Returns {@code numberRequiredDefault}: required, default {@code 5}. */
    public long numberRequiredDefault() {
        return numberRequiredDefault;
    }

    /** Returns {@code numberRequiredNullable}: required, nullable. */
    public @Nullable Long numberRequiredNullable() {
        return numberRequiredNullable;
    }

    /** Returns {@code numberRequiredNullableDefault}: required, nullable, default {@code 5}. */
    public @Nullable Long numberRequiredNullableDefault() {
        return numberRequiredNullableDefault;
    }

    /** Returns {@code flagOptionalDefault}: optional, default {@code true}. */
    public boolean flagOptionalDefault() {
        return flagOptionalDefault == null ? true : flagOptionalDefault;
    }

    /**
     * Returns {@code didRequiredDefault}: required, default {@code did:web:example.com}, format
     * {@code did}.
     */
    public Did didRequiredDefault() {
        return didRequiredDefault;
    }

    /** Returns {@code listRequiredNullable}: required, nullable. */
    public @Nullable List<String> listRequiredNullable() {
        return listRequiredNullable;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {textOptional, textOptionalDefault, textOptionalNullable, textOptionalNullableDefault, textRequired, textRequiredDefault, textRequiredNullable, textRequiredNullableDefault, numberOptional, numberOptionalDefault, numberOptionalNullable, numberOptionalNullableDefault, numberRequired, numberRequiredDefault, numberRequiredNullable, numberRequiredNullableDefault, flagOptionalDefault, didRequiredDefault, listRequiredNullable};
    }

    /** Builds {@link Presence}. */
    public static final class Builder extends ObjectBuilder<Presence, Builder> {
        private String textOptional;
        private String textOptionalDefault;
        private String textOptionalNullable;
        private String textOptionalNullableDefault;
        private String textRequired;
        private String textRequiredDefault;
        private String textRequiredNullable;

        private String textRequiredNullableDefault = "a";

        private Long numberOptional;
        private Long numberOptionalDefault;
        private Long numberOptionalNullable;
        private Long numberOptionalNullableDefault;
        private Long numberRequired;
        private Long numberRequiredDefault;
        private Long numberRequiredNullable;

        private Long numberRequiredNullableDefault = 5L;

        private Boolean flagOptionalDefault;
        private Did didRequiredDefault;
        private List<String> listRequiredNullable;

        private Builder() {}

        private Builder(Presence from) {
            super(from);
            this.textOptional = from.textOptional;
            this.textOptionalDefault = from.textOptionalDefault;
            this.textOptionalNullable = from.textOptionalNullable;
            this.textOptionalNullableDefault = from.textOptionalNullableDefault;
            this.textRequired = from.textRequired;
            this.textRequiredDefault = from.textRequiredDefault;
            this.textRequiredNullable = from.textRequiredNullable;
            this.textRequiredNullableDefault = from.textRequiredNullableDefault;
            this.numberOptional = from.numberOptional;
            this.numberOptionalDefault = from.numberOptionalDefault;
            this.numberOptionalNullable = from.numberOptionalNullable;
            this.numberOptionalNullableDefault = from.numberOptionalNullableDefault;
            this.numberRequired = from.numberRequired;
            this.numberRequiredDefault = from.numberRequiredDefault;
            this.numberRequiredNullable = from.numberRequiredNullable;
            this.numberRequiredNullableDefault = from.numberRequiredNullableDefault;
            this.flagOptionalDefault = from.flagOptionalDefault;
            this.didRequiredDefault = from.didRequiredDefault;
            this.listRequiredNullable = from.listRequiredNullable;
        }

        /** Sets {@code textOptional}: optional. */
        public Builder textOptional(@Nullable String textOptional) {
            this.textOptional = textOptional;
            return this;
        }

        /** Sets {@code textOptionalDefault}: optional, default {@code a}. */
        public Builder textOptionalDefault(@Nullable String textOptionalDefault) {
            this.textOptionalDefault = textOptionalDefault;
            return this;
        }

        /** Sets {@code textOptionalNullable}: optional, nullable. */
        public Builder textOptionalNullable(@Nullable String textOptionalNullable) {
            this.textOptionalNullable = textOptionalNullable;
            explicitNull("textOptionalNullable", textOptionalNullable);
            return this;
        }

        /** Sets {@code textOptionalNullableDefault}: optional, nullable, default {@code a}. */
        public Builder textOptionalNullableDefault(@Nullable String textOptionalNullableDefault) {
            this.textOptionalNullableDefault = textOptionalNullableDefault;
            explicitNull("textOptionalNullableDefault", textOptionalNullableDefault);
            return this;
        }

        /** Sets {@code textRequired}: required. */
        public Builder textRequired(String textRequired) {
            this.textRequired = textRequired;
            return this;
        }

        /** Sets {@code textRequiredDefault}: required, default {@code a}. */
        public Builder textRequiredDefault(String textRequiredDefault) {
            this.textRequiredDefault = textRequiredDefault;
            return this;
        }

        /** Sets {@code textRequiredNullable}: required, nullable. */
        public Builder textRequiredNullable(@Nullable String textRequiredNullable) {
            this.textRequiredNullable = textRequiredNullable;
            return this;
        }

        /** Sets {@code textRequiredNullableDefault}: required, nullable, default {@code a}. */
        public Builder textRequiredNullableDefault(@Nullable String textRequiredNullableDefault) {
            this.textRequiredNullableDefault = textRequiredNullableDefault;
            return this;
        }

        /** Sets {@code numberOptional}: optional. */
        public Builder numberOptional(@Nullable Long numberOptional) {
            this.numberOptional = numberOptional;
            return this;
        }

        /** Sets {@code numberOptional}. */
        public Builder numberOptional(long numberOptional) {
            return numberOptional((Long) numberOptional);
        }

        /** Sets {@code numberOptionalDefault}: optional, default {@code 5}. */
        public Builder numberOptionalDefault(@Nullable Long numberOptionalDefault) {
            this.numberOptionalDefault = numberOptionalDefault;
            return this;
        }

        /** Sets {@code numberOptionalDefault}. */
        public Builder numberOptionalDefault(long numberOptionalDefault) {
            return numberOptionalDefault((Long) numberOptionalDefault);
        }

        /** Sets {@code numberOptionalNullable}: optional, nullable. */
        public Builder numberOptionalNullable(@Nullable Long numberOptionalNullable) {
            this.numberOptionalNullable = numberOptionalNullable;
            explicitNull("numberOptionalNullable", numberOptionalNullable);
            return this;
        }

        /** Sets {@code numberOptionalNullable}. */
        public Builder numberOptionalNullable(long numberOptionalNullable) {
            return numberOptionalNullable((Long) numberOptionalNullable);
        }

        /** Sets {@code numberOptionalNullableDefault}: optional, nullable, default {@code 5}. */
        public Builder numberOptionalNullableDefault(@Nullable Long numberOptionalNullableDefault) {
            this.numberOptionalNullableDefault = numberOptionalNullableDefault;
            explicitNull("numberOptionalNullableDefault", numberOptionalNullableDefault);
            return this;
        }

        /** Sets {@code numberOptionalNullableDefault}. */
        public Builder numberOptionalNullableDefault(long numberOptionalNullableDefault) {
            return numberOptionalNullableDefault((Long) numberOptionalNullableDefault);
        }

        /** Sets {@code numberRequired}: required. */
        public Builder numberRequired(long numberRequired) {
            this.numberRequired = numberRequired;
            return this;
        }

        /** Sets {@code numberRequiredDefault}: required, default {@code 5}. */
        public Builder numberRequiredDefault(long numberRequiredDefault) {
            this.numberRequiredDefault = numberRequiredDefault;
            return this;
        }

        /** Sets {@code numberRequiredNullable}: required, nullable. */
        public Builder numberRequiredNullable(@Nullable Long numberRequiredNullable) {
            this.numberRequiredNullable = numberRequiredNullable;
            return this;
        }

        /** Sets {@code numberRequiredNullable}. */
        public Builder numberRequiredNullable(long numberRequiredNullable) {
            return numberRequiredNullable((Long) numberRequiredNullable);
        }

        /** Sets {@code numberRequiredNullableDefault}: required, nullable, default {@code 5}. */
        public Builder numberRequiredNullableDefault(@Nullable Long numberRequiredNullableDefault) {
            this.numberRequiredNullableDefault = numberRequiredNullableDefault;
            return this;
        }

        /** Sets {@code numberRequiredNullableDefault}. */
        public Builder numberRequiredNullableDefault(long numberRequiredNullableDefault) {
            return numberRequiredNullableDefault((Long) numberRequiredNullableDefault);
        }

        /** Sets {@code flagOptionalDefault}: optional, default {@code true}. */
        public Builder flagOptionalDefault(@Nullable Boolean flagOptionalDefault) {
            this.flagOptionalDefault = flagOptionalDefault;
            return this;
        }

        /** Sets {@code didRequiredDefault}: required, default {@code did:web:example.com}, format {@code did}. */
        public Builder didRequiredDefault(Did didRequiredDefault) {
            this.didRequiredDefault = didRequiredDefault;
            return this;
        }

        /**
         * Sets {@code didRequiredDefault} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder didRequiredDefault(String didRequiredDefault) {
            return didRequiredDefault(Did.of(didRequiredDefault));
        }

        /** Sets {@code listRequiredNullable}: required, nullable. */
        public Builder listRequiredNullable(@Nullable Collection<String> listRequiredNullable) {
            this.listRequiredNullable = ListRule.copy(listRequiredNullable);
            return this;
        }

        /** Sets {@code listRequiredNullable} to these elements. */
        public Builder listRequiredNullable(String... listRequiredNullable) {
            return listRequiredNullable(List.of(listRequiredNullable));
        }

        @Override
        public Presence build() {
            return new Presence(textOptional, textOptionalDefault, textOptionalNullable,
                    textOptionalNullableDefault,
                    required(textRequired, "textRequired", CODEC.type()),
                    textRequiredDefault == null ? "a" : textRequiredDefault, textRequiredNullable,
                    textRequiredNullableDefault, numberOptional, numberOptionalDefault,
                    numberOptionalNullable, numberOptionalNullableDefault,
                    required(numberRequired, "numberRequired", CODEC.type()),
                    numberRequiredDefault == null ? 5L : numberRequiredDefault,
                    numberRequiredNullable, numberRequiredNullableDefault, flagOptionalDefault,
                    didRequiredDefault == null ? Did.unchecked("did:web:example.com") : didRequiredDefault,
                    listRequiredNullable, extra());
        }
    }

    private static final class PresenceCodec extends ObjectCodec<Presence, Builder> {
        PresenceCodec() {
            super("com.example.hazard.presence", "ssSSss11iiIIii22bs7", ObjectCodec.Typing.CHECKED,
                    "textOptional", "textOptionalDefault", "textOptionalNullable",
                    "textOptionalNullableDefault", "textRequired", "textRequiredDefault",
                    "textRequiredNullable", "textRequiredNullableDefault", "numberOptional",
                    "numberOptionalDefault", "numberOptionalNullable",
                    "numberOptionalNullableDefault", "numberRequired", "numberRequiredDefault",
                    "numberRequiredNullable", "numberRequiredNullableDefault",
                    "flagOptionalDefault", "didRequiredDefault", "listRequiredNullable");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Presence readFields(LexReader reader) {
            String textOptional = null;
            String textOptionalDefault = null;
            String textOptionalNullable = null;
            String textOptionalNullableDefault = null;
            String textRequired = null;
            String textRequiredDefault = "a";
            String textRequiredNullable = null;
            boolean hasTextRequiredNullable = false;
            String textRequiredNullableDefault = "a";
            Long numberOptional = null;
            Long numberOptionalDefault = null;
            Long numberOptionalNullable = null;
            Long numberOptionalNullableDefault = null;
            long numberRequired = 0;
            boolean hasNumberRequired = false;
            long numberRequiredDefault = 5L;
            Long numberRequiredNullable = null;
            boolean hasNumberRequiredNullable = false;
            Long numberRequiredNullableDefault = 5L;
            Boolean flagOptionalDefault = null;
            Did didRequiredDefault = Did.unchecked("did:web:example.com");
            List<String> listRequiredNullable = null;
            boolean hasListRequiredNullable = false;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> textOptional = reader.readString();
                    case 1 -> textOptionalDefault = reader.readString();
                    case 2 -> {
                        if (reader.isNull()) {
                            extra = keepNull(reader, extra);
                        } else {
                            textOptionalNullable = reader.readString();
                        }
                    }
                    case 3 -> {
                        if (reader.isNull()) {
                            extra = keepNull(reader, extra);
                        } else {
                            textOptionalNullableDefault = reader.readString();
                        }
                    }
                    case 4 -> textRequired = reader.readString();
                    case 5 -> textRequiredDefault = reader.readString();
                    case 6 -> {
                        if (reader.isNull()) {
                            reader.readNull();
                        } else {
                            textRequiredNullable = reader.readString();
                        }
                        hasTextRequiredNullable = true;
                    }
                    case 7 -> {
                        if (reader.isNull()) {
                            reader.readNull();
                            textRequiredNullableDefault = null;
                        } else {
                            textRequiredNullableDefault = reader.readString();
                        }
                    }
                    case 8 -> numberOptional = reader.readInteger();
                    case 9 -> numberOptionalDefault = reader.readInteger();
                    case 10 -> {
                        if (reader.isNull()) {
                            extra = keepNull(reader, extra);
                        } else {
                            numberOptionalNullable = reader.readInteger();
                        }
                    }
                    case 11 -> {
                        if (reader.isNull()) {
                            extra = keepNull(reader, extra);
                        } else {
                            numberOptionalNullableDefault = reader.readInteger();
                        }
                    }
                    case 12 -> {
                        numberRequired = reader.readInteger();
                        hasNumberRequired = true;
                    }
                    case 13 -> numberRequiredDefault = reader.readInteger();
                    case 14 -> {
                        if (reader.isNull()) {
                            reader.readNull();
                        } else {
                            numberRequiredNullable = reader.readInteger();
                        }
                        hasNumberRequiredNullable = true;
                    }
                    case 15 -> {
                        if (reader.isNull()) {
                            reader.readNull();
                            numberRequiredNullableDefault = null;
                        } else {
                            numberRequiredNullableDefault = reader.readInteger();
                        }
                    }
                    case 16 -> flagOptionalDefault = reader.readBoolean();
                    case 17 -> didRequiredDefault = Codecs.DID.read(reader);
                    case 18 -> {
                        if (reader.isNull()) {
                            reader.readNull();
                        } else {
                            listRequiredNullable = ListRule.ANY.read(reader, StringRule.ANY);
                        }
                        hasListRequiredNullable = true;
                    }
                    default -> extra = keep(reader, extra);
                }
            }
            if (reader.validating()) {
                if (textRequired == null) {
                    throw reader.missing("textRequired");
                }
                if (!hasTextRequiredNullable) {
                    throw reader.missing("textRequiredNullable");
                }
                if (!hasNumberRequired) {
                    throw reader.missing("numberRequired");
                }
                if (!hasNumberRequiredNullable) {
                    throw reader.missing("numberRequiredNullable");
                }
                if (!hasListRequiredNullable) {
                    throw reader.missing("listRequiredNullable");
                }
            }
            return new Presence(textOptional, textOptionalDefault, textOptionalNullable,
                    textOptionalNullableDefault, textRequired, textRequiredDefault,
                    textRequiredNullable, textRequiredNullableDefault, numberOptional,
                    numberOptionalDefault, numberOptionalNullable, numberOptionalNullableDefault,
                    numberRequired, numberRequiredDefault, numberRequiredNullable,
                    numberRequiredNullableDefault, flagOptionalDefault, didRequiredDefault,
                    listRequiredNullable, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Presence value) {
            if (value.textOptional != null) {
                writer.name(fields(), 0);
                writer.string(value.textOptional);
            }
            if (value.textOptionalDefault != null) {
                writer.name(fields(), 1);
                writer.string(value.textOptionalDefault);
            }
            if (value.textOptionalNullable != null) {
                writer.name(fields(), 2);
                writer.string(value.textOptionalNullable);
            }
            if (value.textOptionalNullableDefault != null) {
                writer.name(fields(), 3);
                writer.string(value.textOptionalNullableDefault);
            }
            if (value.textRequired != null) {
                writer.name(fields(), 4);
                writer.string(value.textRequired);
            }
            if (value.textRequiredDefault != null) {
                writer.name(fields(), 5);
                writer.string(value.textRequiredDefault);
            }
            writer.name(fields(), 6);
            if (value.textRequiredNullable == null) {
                writeNull(writer, value, 6);
            } else {
                writer.string(value.textRequiredNullable);
            }
            writer.name(fields(), 7);
            if (value.textRequiredNullableDefault == null) {
                writeNull(writer, value, 7);
            } else {
                writer.string(value.textRequiredNullableDefault);
            }
            if (value.numberOptional != null) {
                writer.name(fields(), 8);
                writer.integer(value.numberOptional);
            }
            if (value.numberOptionalDefault != null) {
                writer.name(fields(), 9);
                writer.integer(value.numberOptionalDefault);
            }
            if (value.numberOptionalNullable != null) {
                writer.name(fields(), 10);
                writer.integer(value.numberOptionalNullable);
            }
            if (value.numberOptionalNullableDefault != null) {
                writer.name(fields(), 11);
                writer.integer(value.numberOptionalNullableDefault);
            }
            writer.name(fields(), 12);
            writer.integer(value.numberRequired);
            writer.name(fields(), 13);
            writer.integer(value.numberRequiredDefault);
            writer.name(fields(), 14);
            if (value.numberRequiredNullable == null) {
                writeNull(writer, value, 14);
            } else {
                writer.integer(value.numberRequiredNullable);
            }
            writer.name(fields(), 15);
            if (value.numberRequiredNullableDefault == null) {
                writeNull(writer, value, 15);
            } else {
                writer.integer(value.numberRequiredNullableDefault);
            }
            if (value.flagOptionalDefault != null) {
                writer.name(fields(), 16);
                writer.bool(value.flagOptionalDefault);
            }
            if (value.didRequiredDefault != null) {
                writer.name(fields(), 17);
                Codecs.DID.write(writer, value.didRequiredDefault);
            }
            writer.name(fields(), 18);
            if (value.listRequiredNullable == null) {
                writeNull(writer, value, 18);
            } else {
                ListRule.write(writer, value.listRequiredNullable, StringRule.ANY);
            }
        }
    }
}
