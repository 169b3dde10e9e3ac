// Generated from the lexicon com.example.lang.uses. Do not edit.
package com.example.lang;

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
import dev.atlex.schema.generated.UnionCodec;
import java.util.Collection;

/** The object type {@code com.example.lang.uses}. */
public final class Uses extends LexObject implements Buildable<Uses, Uses.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final java.lang.String TYPE = "com.example.lang.uses";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Uses, Builder> CODEC = new UsesCodec();

    private final com.example.lang.String string;
    private final com.example.lang.Object object;
    private final Override override;
    private final Long long_;
    private final Boolean boolean_;
    private final List list;
    private final Map map;
    private final Record record;
    private final Typing_ typing;
    private final Nullable nullable;
    private final Codec codec_;
    private final LexMap lexMap;
    private final java.lang.String text;
    private final long number;
    private final java.lang.Boolean flag;
    private final java.util.List<java.lang.String> texts;
    private final dev.atlex.data.LexMap any;
    private final One one;

    private Uses(com.example.lang.String string, com.example.lang.Object object, Override override,
            Long long_, Boolean boolean_, List list, Map map, Record record, Typing_ typing,
            Nullable nullable, Codec codec_, LexMap lexMap, java.lang.String text, long number,
            java.lang.Boolean flag, java.util.List<java.lang.String> texts,
            dev.atlex.data.LexMap any, One one, dev.atlex.data.LexMap extra) {
        super(extra);
        this.string = string;
        this.object = object;
        this.override = override;
        this.long_ = long_;
        this.boolean_ = boolean_;
        this.list = list;
        this.map = map;
        this.record = record;
        this.typing = typing;
        this.nullable = nullable;
        this.codec_ = codec_;
        this.lexMap = lexMap;
        this.text = text;
        this.number = number;
        this.flag = flag;
        this.texts = texts;
        this.any = any;
        this.one = one;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @java.lang.Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code string}: required. */
    public com.example.lang.String string() {
        return string;
    }

    /** Returns {@code object}: optional. */
    public com.example.lang. @org.jspecify.annotations.Nullable Object object() {
        return object;
    }

    /** Returns {@code override}: optional. */
    public @org.jspecify.annotations.Nullable Override override() {
        return override;
    }

    /** Returns {@code long}: optional. */
    public @org.jspecify.annotations.Nullable Long long_() {
        return long_;
    }

    /** Returns {@code boolean}: optional. */
    public @org.jspecify.annotations.Nullable Boolean boolean_() {
        return boolean_;
    }

    /** Returns {@code list}: optional. */
    public @org.jspecify.annotations.Nullable List list() {
        return list;
    }

    /** Returns {@code map}: optional. */
    public @org.jspecify.annotations.Nullable Map map() {
        return map;
    }

    /** Returns {@code record}: optional. */
    public @org.jspecify.annotations.Nullable Record record() {
        return record;
    }

    /** Returns {@code typing}: optional. */
    public @org.jspecify.annotations.Nullable Typing_ typing() {
        return typing;
    }

    /** Returns {@code nullable}: optional. */
    public @org.jspecify.annotations.Nullable Nullable nullable() {
        return nullable;
    }

    /** Returns {@code codec}: optional. */
    public @org.jspecify.annotations.Nullable Codec codec_() {
        return codec_;
    }

    /** Returns {@code lexMap}: optional. */
    public @org.jspecify.annotations.Nullable LexMap lexMap() {
        return lexMap;
    }

    /** Returns {@code text}: optional. */
    public java.lang. @org.jspecify.annotations.Nullable String text() {
        return text;
    }

    /** Returns {@code number}: required. */
    public long number() {
        return number;
    }

    /** Returns {@code flag}: optional, default {@code true}. */
    public boolean flag() {
        return flag == null ? true : flag;
    }

    /** Returns {@code texts}: optional. */
    public java.util. @org.jspecify.annotations.Nullable List<java.lang.String> texts() {
        return texts;
    }

    /** Returns {@code any}: optional. */
    public dev.atlex.data. @org.jspecify.annotations.Nullable LexMap any() {
        return any;
    }

    /** Returns {@code one}: optional. */
    public @org.jspecify.annotations.Nullable One one() {
        return one;
    }

    @java.lang.Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @java.lang.Override
    protected java.lang.Object[] fieldValues() {
        return new java.lang.Object[] {string, object, override, long_, boolean_, list, map, record, typing, nullable, codec_, lexMap, text, number, flag, texts, any, one};
    }

    /** Builds {@link Uses}. */
    public static final class Builder extends ObjectBuilder<Uses, Builder> {
        private com.example.lang.String string;
        private com.example.lang.Object object;
        private Override override;
        private Long long_;
        private Boolean boolean_;
        private List list;
        private Map map;
        private Record record;
        private Typing_ typing;
        private Nullable nullable;
        private Codec codec_;
        private LexMap lexMap;
        private java.lang.String text;
        private java.lang.Long number;
        private java.lang.Boolean flag;
        private java.util.List<java.lang.String> texts;
        private dev.atlex.data.LexMap any;
        private One one;

        private Builder() {}

        private Builder(Uses from) {
            super(from);
            this.string = from.string;
            this.object = from.object;
            this.override = from.override;
            this.long_ = from.long_;
            this.boolean_ = from.boolean_;
            this.list = from.list;
            this.map = from.map;
            this.record = from.record;
            this.typing = from.typing;
            this.nullable = from.nullable;
            this.codec_ = from.codec_;
            this.lexMap = from.lexMap;
            this.text = from.text;
            this.number = from.number;
            this.flag = from.flag;
            this.texts = from.texts;
            this.any = from.any;
            this.one = from.one;
        }

        /** Sets {@code string}: required. */
        public Builder string(com.example.lang.String string) {
            this.string = string;
            return this;
        }

        /** Sets {@code object}: optional. */
        public Builder object(com.example.lang. @org.jspecify.annotations.Nullable Object object) {
            this.object = object;
            return this;
        }

        /** Sets {@code override}: optional. */
        public Builder override(@org.jspecify.annotations.Nullable Override override) {
            this.override = override;
            return this;
        }

        /** Sets {@code long}: optional. */
        public Builder long_(@org.jspecify.annotations.Nullable Long long_) {
            this.long_ = long_;
            return this;
        }

        /** Sets {@code boolean}: optional. */
        public Builder boolean_(@org.jspecify.annotations.Nullable Boolean boolean_) {
            this.boolean_ = boolean_;
            return this;
        }

        /** Sets {@code list}: optional. */
        public Builder list(@org.jspecify.annotations.Nullable List list) {
            this.list = list;
            return this;
        }

        /** Sets {@code map}: optional. */
        public Builder map(@org.jspecify.annotations.Nullable Map map) {
            this.map = map;
            return this;
        }

        /** Sets {@code record}: optional. */
        public Builder record(@org.jspecify.annotations.Nullable Record record) {
            this.record = record;
            return this;
        }

        /** Sets {@code typing}: optional. */
        public Builder typing(@org.jspecify.annotations.Nullable Typing_ typing) {
            this.typing = typing;
            return this;
        }

        /** Sets {@code nullable}: optional. */
        public Builder nullable(@org.jspecify.annotations.Nullable Nullable nullable) {
            this.nullable = nullable;
            return this;
        }

        /** Sets {@code codec}: optional. */
        public Builder codec_(@org.jspecify.annotations.Nullable Codec codec_) {
            this.codec_ = codec_;
            return this;
        }

        /** Sets {@code lexMap}: optional. */
        public Builder lexMap(@org.jspecify.annotations.Nullable LexMap lexMap) {
            this.lexMap = lexMap;
            return this;
        }

        /** Sets {@code text}: optional. */
        public Builder text(java.lang. @org.jspecify.annotations.Nullable String text) {
            this.text = text;
            return this;
        }

        /** Sets {@code number}: required. */
        public Builder number(long number) {
            this.number = number;
            return this;
        }

        /** Sets {@code flag}: optional, default {@code true}. */
        public Builder flag(java.lang. @org.jspecify.annotations.Nullable Boolean flag) {
            this.flag = flag;
            return this;
        }

        /** Sets {@code texts}: optional. */
        public Builder texts(
                @org.jspecify.annotations.Nullable Collection<java.lang.String> texts) {
            this.texts = ListRule.copy(texts);
            return this;
        }

        /** Sets {@code texts} to these elements. */
        public Builder texts(java.lang.String... texts) {
            return texts(java.util.List.of(texts));
        }

        /** Sets {@code any}: optional. */
        public Builder any(dev.atlex.data. @org.jspecify.annotations.Nullable LexMap any) {
            this.any = any;
            return this;
        }

        /** Sets {@code one}: optional. */
        public Builder one(@org.jspecify.annotations.Nullable One one) {
            this.one = one;
            return this;
        }

        @java.lang.Override
        public Uses build() {
            return new Uses(required(string, "string", CODEC.type()), object, override, long_,
                    boolean_, list, map, record, typing, nullable, codec_, lexMap, text,
                    required(number, "number", CODEC.type()), flag, texts, any, one, extra());
        }
    }

    private static final class UsesCodec extends ObjectCodec<Uses, Builder> {
        UsesCodec() {
            super("com.example.lang.uses", "mmmmmmmmmmmmsibamm", ObjectCodec.Typing.CHECKED,
                    "string", "object", "override", "long", "boolean", "list", "map", "record",
                    "typing", "nullable", "codec", "lexMap", "text", "number", "flag", "texts",
                    "any", "one");
        }

        @java.lang.Override
        public Builder newBuilder() {
            return new Builder();
        }

        @java.lang.Override
        public Uses readFields(LexReader reader) {
            com.example.lang.String string = null;
            com.example.lang.Object object = null;
            Override override = null;
            Long long_ = null;
            Boolean boolean_ = null;
            List list = null;
            Map map = null;
            Record record = null;
            Typing_ typing = null;
            Nullable nullable = null;
            Codec codec_ = null;
            LexMap lexMap = null;
            java.lang.String text = null;
            long number = 0;
            boolean hasNumber = false;
            java.lang.Boolean flag = null;
            java.util.List<java.lang.String> texts = null;
            dev.atlex.data.LexMap any = null;
            One one = null;
            dev.atlex.data.LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> string = com.example.lang.String.CODEC.read(reader);
                    case 1 -> object = com.example.lang.Object.CODEC.read(reader);
                    case 2 -> override = Override.CODEC.read(reader);
                    case 3 -> long_ = Long.CODEC.read(reader);
                    case 4 -> boolean_ = Boolean.CODEC.read(reader);
                    case 5 -> list = List.CODEC.read(reader);
                    case 6 -> map = Map.CODEC.read(reader);
                    case 7 -> record = Record.CODEC.read(reader);
                    case 8 -> typing = Typing_.CODEC.read(reader);
                    case 9 -> nullable = Nullable.CODEC.read(reader);
                    case 10 -> codec_ = Codec.CODEC.read(reader);
                    case 11 -> lexMap = LexMap.CODEC.read(reader);
                    case 12 -> text = reader.readString();
                    case 13 -> {
                        number = reader.readInteger();
                        hasNumber = true;
                    }
                    case 14 -> flag = reader.readBoolean();
                    case 15 -> texts = ListRule.ANY.read(reader, StringRule.ANY);
                    case 16 -> any = Codecs.MAP.read(reader);
                    case 17 -> one = One.CODEC.read(reader);
                    default -> extra = keep(reader, extra);
                }
            }
            if (reader.validating()) {
                if (string == null) {
                    throw reader.missing("string");
                }
                if (!hasNumber) {
                    throw reader.missing("number");
                }
            }
            return new Uses(string, object, override, long_, boolean_, list, map, record, typing,
                    nullable, codec_, lexMap, text, number, flag, texts, any, one, kept(extra));
        }

        @java.lang.Override
        protected void writeFields(LexWriter writer, Uses value) {
            if (value.string != null) {
                writer.name(fields(), 0);
                com.example.lang.String.CODEC.write(writer, value.string);
            }
            if (value.object != null) {
                writer.name(fields(), 1);
                com.example.lang.Object.CODEC.write(writer, value.object);
            }
            if (value.override != null) {
                writer.name(fields(), 2);
                Override.CODEC.write(writer, value.override);
            }
            if (value.long_ != null) {
                writer.name(fields(), 3);
                Long.CODEC.write(writer, value.long_);
            }
            if (value.boolean_ != null) {
                writer.name(fields(), 4);
                Boolean.CODEC.write(writer, value.boolean_);
            }
            if (value.list != null) {
                writer.name(fields(), 5);
                List.CODEC.write(writer, value.list);
            }
            if (value.map != null) {
                writer.name(fields(), 6);
                Map.CODEC.write(writer, value.map);
            }
            if (value.record != null) {
                writer.name(fields(), 7);
                Record.CODEC.write(writer, value.record);
            }
            if (value.typing != null) {
                writer.name(fields(), 8);
                Typing_.CODEC.write(writer, value.typing);
            }
            if (value.nullable != null) {
                writer.name(fields(), 9);
                Nullable.CODEC.write(writer, value.nullable);
            }
            if (value.codec_ != null) {
                writer.name(fields(), 10);
                Codec.CODEC.write(writer, value.codec_);
            }
            if (value.lexMap != null) {
                writer.name(fields(), 11);
                LexMap.CODEC.write(writer, value.lexMap);
            }
            if (value.text != null) {
                writer.name(fields(), 12);
                writer.string(value.text);
            }
            writer.name(fields(), 13);
            writer.integer(value.number);
            if (value.flag != null) {
                writer.name(fields(), 14);
                writer.bool(value.flag);
            }
            if (value.texts != null) {
                writer.name(fields(), 15);
                ListRule.write(writer, value.texts, StringRule.ANY);
            }
            if (value.any != null) {
                writer.name(fields(), 16);
                Codecs.MAP.write(writer, value.any);
            }
            if (value.one != null) {
                writer.name(fields(), 17);
                One.CODEC.write(writer, value.one);
            }
        }
    }

    /** The open union at {@code com.example.lang.uses.one}. */
    public sealed interface One {
        /** Reads and writes values of this union. */
        dev.atlex.schema.Codec<One> CODEC = new UnionCodec<One>() {
            @java.lang.Override
            protected One readVariant(java.lang.String type, LexReader reader) {
                return switch (type) {
                    case "com.example.lang.string" -> new String(com.example.lang.String.CODEC.readFields(reader));
                    case "com.example.lang.object" -> new Object(com.example.lang.Object.CODEC.readFields(reader));
                    case "com.example.lang.override" -> new Override(com.example.lang.Override.CODEC.readFields(reader));
                    case "com.example.lang.long" -> new Long(com.example.lang.Long.CODEC.readFields(reader));
                    case "com.example.lang.list" -> new List(com.example.lang.List.CODEC.readFields(reader));
                    case "com.example.lang.record" -> new Record(com.example.lang.Record.CODEC.readFields(reader));
                    case "com.example.lang.codec" -> new Codec(com.example.lang.Codec.CODEC.readFields(reader));
                    case "com.example.lang.lexMap" -> new LexMap(com.example.lang.LexMap.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @java.lang.Override
            public void write(LexWriter writer, One value) {
                if (value instanceof String variant) {
                    com.example.lang.String.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Object variant) {
                    com.example.lang.Object.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Override variant) {
                    com.example.lang.Override.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Long variant) {
                    com.example.lang.Long.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof List variant) {
                    com.example.lang.List.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Record variant) {
                    com.example.lang.Record.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Codec variant) {
                    com.example.lang.Codec.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof LexMap variant) {
                    com.example.lang.LexMap.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.lang.string}. */
        static One of(com.example.lang.String value) {
            return new String(value);
        }

        /** Returns the variant {@code com.example.lang.object}. */
        static One of(com.example.lang.Object value) {
            return new Object(value);
        }

        /** Returns the variant {@code com.example.lang.override}. */
        static One of(com.example.lang.Override value) {
            return new Override(value);
        }

        /** Returns the variant {@code com.example.lang.long}. */
        static One of(com.example.lang.Long value) {
            return new Long(value);
        }

        /** Returns the variant {@code com.example.lang.list}. */
        static One of(com.example.lang.List value) {
            return new List(value);
        }

        /** Returns the variant {@code com.example.lang.record}. */
        static One of(com.example.lang.Record value) {
            return new Record(value);
        }

        /** Returns the variant {@code com.example.lang.codec}. */
        static One of(com.example.lang.Codec value) {
            return new Codec(value);
        }

        /** Returns the variant {@code com.example.lang.lexMap}. */
        static One of(com.example.lang.LexMap value) {
            return new LexMap(value);
        }

        /** The variant {@code com.example.lang.string}. */
        record String(com.example.lang.String value) implements One {}

        /** The variant {@code com.example.lang.object}. */
        record Object(com.example.lang.Object value) implements One {}

        /** The variant {@code com.example.lang.override}. */
        record Override(com.example.lang.Override value) implements One {}

        /** The variant {@code com.example.lang.long}. */
        record Long(com.example.lang.Long value) implements One {}

        /** The variant {@code com.example.lang.list}. */
        record List(com.example.lang.List value) implements One {}

        /** The variant {@code com.example.lang.record}. */
        record Record(com.example.lang.Record value) implements One {}

        /** The variant {@code com.example.lang.codec}. */
        record Codec(com.example.lang.Codec value) implements One {}

        /** The variant {@code com.example.lang.lexMap}. */
        record LexMap(com.example.lang.LexMap value) implements One {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(java.lang.String type, dev.atlex.data.LexMap value) implements One {}
    }

    /** The object type {@code com.example.lang.uses#object}. */
    public static final class Object extends LexObject implements Buildable<Object, Object.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final java.lang.String TYPE = "com.example.lang.uses#object";

        /** Reads and writes objects of this type. */
        public static final dev.atlex.schema.generated.ObjectCodec<Object, Builder> CODEC = new ObjectCodec();

        private final String string;

        private Object(String string, dev.atlex.data.LexMap extra) {
            super(extra);
            this.string = string;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @java.lang.Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code string}: optional. */
        public @org.jspecify.annotations.Nullable String string() {
            return string;
        }

        @java.lang.Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @java.lang.Override
        protected java.lang.Object[] fieldValues() {
            return new java.lang.Object[] {string};
        }

        /** Builds {@link Object}. */
        public static final class Builder extends ObjectBuilder<Object, Builder> {
            private String string;

            private Builder() {}

            private Builder(Object from) {
                super(from);
                this.string = from.string;
            }

            /** Sets {@code string}: optional. */
            public Builder string(@org.jspecify.annotations.Nullable String string) {
                this.string = string;
                return this;
            }

            @java.lang.Override
            public Object build() {
                return new Object(string, extra());
            }
        }

        private static final class ObjectCodec extends dev.atlex.schema.generated.ObjectCodec<Object, Builder> {
            ObjectCodec() {
                super("com.example.lang.uses#object", "m", dev.atlex.schema.generated.ObjectCodec.Typing.CHECKED,
                        "string");
            }

            @java.lang.Override
            public Builder newBuilder() {
                return new Builder();
            }

            @java.lang.Override
            public Object readFields(LexReader reader) {
                String string = null;
                dev.atlex.data.LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> string = String.CODEC.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Object(string, kept(extra));
            }

            @java.lang.Override
            protected void writeFields(LexWriter writer, Object value) {
                if (value.string != null) {
                    writer.name(fields(), 0);
                    String.CODEC.write(writer, value.string);
                }
            }
        }
    }

    /** The object type {@code com.example.lang.uses#string}. */
    public static final class String extends LexObject implements Buildable<String, String.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final java.lang.String TYPE = "com.example.lang.uses#string";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<String, Builder> CODEC = new StringCodec();

        private final Object object;
        private final List list;

        private String(Object object, List list, dev.atlex.data.LexMap extra) {
            super(extra);
            this.object = object;
            this.list = list;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @java.lang.Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code object}: optional. */
        public @org.jspecify.annotations.Nullable Object object() {
            return object;
        }

        /** Returns {@code list}: optional. */
        public @org.jspecify.annotations.Nullable List list() {
            return list;
        }

        @java.lang.Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @java.lang.Override
        protected java.lang.Object[] fieldValues() {
            return new java.lang.Object[] {object, list};
        }

        /** Builds {@link String}. */
        public static final class Builder extends ObjectBuilder<String, Builder> {
            private Object object;
            private List list;

            private Builder() {}

            private Builder(String from) {
                super(from);
                this.object = from.object;
                this.list = from.list;
            }

            /** Sets {@code object}: optional. */
            public Builder object(@org.jspecify.annotations.Nullable Object object) {
                this.object = object;
                return this;
            }

            /** Sets {@code list}: optional. */
            public Builder list(@org.jspecify.annotations.Nullable List list) {
                this.list = list;
                return this;
            }

            @java.lang.Override
            public String build() {
                return new String(object, list, extra());
            }
        }

        private static final class StringCodec extends ObjectCodec<String, Builder> {
            StringCodec() {
                super("com.example.lang.uses#string", "mm", ObjectCodec.Typing.CHECKED, "object",
                        "list");
            }

            @java.lang.Override
            public Builder newBuilder() {
                return new Builder();
            }

            @java.lang.Override
            public String readFields(LexReader reader) {
                Object object = null;
                List list = null;
                dev.atlex.data.LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> object = Object.CODEC.read(reader);
                        case 1 -> list = List.CODEC.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new String(object, list, kept(extra));
            }

            @java.lang.Override
            protected void writeFields(LexWriter writer, String value) {
                if (value.object != null) {
                    writer.name(fields(), 0);
                    Object.CODEC.write(writer, value.object);
                }
                if (value.list != null) {
                    writer.name(fields(), 1);
                    List.CODEC.write(writer, value.list);
                }
            }
        }
    }
}
