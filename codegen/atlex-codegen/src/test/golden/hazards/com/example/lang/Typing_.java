// Generated from the lexicon com.example.lang.typing. Do not edit.
package com.example.lang;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.StringRule;
import java.lang.Object;
import java.lang.Override;
import java.lang.String;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.lang.typing}. */
public final class Typing_ extends LexObject implements Buildable<Typing_, Typing_.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.lang.typing";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Typing_, Builder> CODEC = new Typing_Codec();

    private final String value;
    private final List<String> list;

    private Typing_(String value, List<String> list, LexMap extra) {
        super(extra);
        this.value = value;
        this.list = list;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code value}: required. */
    public String value() {
        return value;
    }

    /** Returns {@code list}: optional. */
    public @Nullable List<String> list() {
        return list;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {value, list};
    }

    /** Builds {@link Typing_}. */
    public static final class Builder extends ObjectBuilder<Typing_, Builder> {
        private String value;
        private List<String> list;

        private Builder() {}

        private Builder(Typing_ from) {
            super(from);
            this.value = from.value;
            this.list = from.list;
        }

        /** Sets {@code value}: required. */
        public Builder value(String value) {
            this.value = value;
            return this;
        }

        /** Sets {@code list}: optional. */
        public Builder list(@Nullable Collection<String> list) {
            this.list = ListRule.copy(list);
            return this;
        }

        /** Sets {@code list} to these elements. */
        public Builder list(String... list) {
            return list(List.of(list));
        }

        @Override
        public Typing_ build() {
            return new Typing_(required(value, "value", CODEC.type()), list, extra());
        }
    }

    private static final class Typing_Codec extends ObjectCodec<Typing_, Builder> {
        Typing_Codec() {
            super("com.example.lang.typing", "sa", ObjectCodec.Typing.CHECKED, "value", "list");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Typing_ readFields(LexReader reader) {
            String value = null;
            List<String> list = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> value = reader.readString();
                    case 1 -> list = ListRule.ANY.read(reader, StringRule.ANY);
                    default -> extra = keep(reader, extra);
                }
            }
            if (reader.validating()) {
                if (value == null) {
                    throw reader.missing("value");
                }
            }
            return new Typing_(value, list, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Typing_ value) {
            if (value.value != null) {
                writer.name(fields(), 0);
                writer.string(value.value);
            }
            if (value.list != null) {
                writer.name(fields(), 1);
                ListRule.write(writer, value.list, StringRule.ANY);
            }
        }
    }
}
