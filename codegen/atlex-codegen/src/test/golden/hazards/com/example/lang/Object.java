// Generated from the lexicon com.example.lang.object. Do not edit.
package com.example.lang;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.StringRule;
import java.lang.Override;
import java.lang.String;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.lang.object}. */
public final class Object extends LexObject implements Buildable<Object, Object.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.lang.object";

    /** Reads and writes objects of this type. */
    public static final dev.atlex.schema.generated.ObjectCodec<Object, Builder> CODEC = new ObjectCodec();

    private final String value;
    private final List<String> list;

    private Object(String value, List<String> list, LexMap extra) {
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
    protected java.lang.Object[] fieldValues() {
        return new java.lang.Object[] {value, list};
    }

    /** Builds {@link Object}. */
    public static final class Builder extends ObjectBuilder<Object, Builder> {
        private String value;
        private List<String> list;

        private Builder() {}

        private Builder(Object from) {
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
        public Object build() {
            return new Object(required(value, "value", CODEC.type()), list, extra());
        }
    }

    private static final class ObjectCodec extends dev.atlex.schema.generated.ObjectCodec<Object, Builder> {
        ObjectCodec() {
            super("com.example.lang.object", "sa", dev.atlex.schema.generated.ObjectCodec.Typing.CHECKED,
                    "value", "list");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Object readFields(LexReader reader) {
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
            return new Object(value, list, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Object value) {
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
