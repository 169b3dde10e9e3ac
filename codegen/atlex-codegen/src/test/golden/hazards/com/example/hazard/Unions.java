// Generated from the lexicon com.example.hazard.unions. Do not edit.
package com.example.hazard;

import chat.example.ExampleDefs;
import chat.example.one.OneDefs;
import com.example.one.Embed;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.UnionCodec;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.hazard.unions}. */
public final class Unions extends LexObject implements Buildable<Unions, Unions.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.unions";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Unions, Builder> CODEC = new UnionsCodec();

    private final Open open;
    private final Closed closed;
    private final Empty empty;
    private final One one;
    private final Record record;
    private final Colliding colliding;
    private final List<SameItem> same;
    private final Main main;

    private Unions(Open open, Closed closed, Empty empty, One one, Record record,
            Colliding colliding, List<SameItem> same, Main main, LexMap extra) {
        super(extra);
        this.open = open;
        this.closed = closed;
        this.empty = empty;
        this.one = one;
        this.record = record;
        this.colliding = colliding;
        this.same = same;
        this.main = main;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code open}: optional. */
    public @Nullable Open open() {
        return open;
    }

    /** Returns {@code closed}: optional. */
    public @Nullable Closed closed() {
        return closed;
    }

    /** Returns {@code empty}: optional. */
    public @Nullable Empty empty() {
        return empty;
    }

    /** Returns {@code one}: optional. */
    public @Nullable One one() {
        return one;
    }

    /** Returns {@code record}: optional. */
    public @Nullable Record record() {
        return record;
    }

    /** Returns {@code colliding}: optional. */
    public @Nullable Colliding colliding() {
        return colliding;
    }

    /** Returns {@code same}: optional. */
    public @Nullable List<SameItem> same() {
        return same;
    }

    /** Returns {@code main}: optional. */
    public @Nullable Main main() {
        return main;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {open, closed, empty, one, record, colliding, same, main};
    }

    /** Builds {@link Unions}. */
    public static final class Builder extends ObjectBuilder<Unions, Builder> {
        private Open open;
        private Closed closed;
        private Empty empty;
        private One one;
        private Record record;
        private Colliding colliding;
        private List<SameItem> same;
        private Main main;

        private Builder() {}

        private Builder(Unions from) {
            super(from);
            this.open = from.open;
            this.closed = from.closed;
            this.empty = from.empty;
            this.one = from.one;
            this.record = from.record;
            this.colliding = from.colliding;
            this.same = from.same;
            this.main = from.main;
        }

        /** Sets {@code open}: optional. */
        public Builder open(@Nullable Open open) {
            this.open = open;
            return this;
        }

        /** Sets {@code closed}: optional. */
        public Builder closed(@Nullable Closed closed) {
            this.closed = closed;
            return this;
        }

        /** Sets {@code empty}: optional. */
        public Builder empty(@Nullable Empty empty) {
            this.empty = empty;
            return this;
        }

        /** Sets {@code one}: optional. */
        public Builder one(@Nullable One one) {
            this.one = one;
            return this;
        }

        /** Sets {@code record}: optional. */
        public Builder record(@Nullable Record record) {
            this.record = record;
            return this;
        }

        /** Sets {@code colliding}: optional. */
        public Builder colliding(@Nullable Colliding colliding) {
            this.colliding = colliding;
            return this;
        }

        /** Sets {@code same}: optional. */
        public Builder same(@Nullable Collection<? extends SameItem> same) {
            this.same = ListRule.copy(same);
            return this;
        }

        /** Sets {@code same} to these elements. */
        public Builder same(SameItem... same) {
            return same(List.of(same));
        }

        /** Sets {@code main}: optional. */
        public Builder main(@Nullable Main main) {
            this.main = main;
            return this;
        }

        @Override
        public Unions build() {
            return new Unions(open, closed, empty, one, record, colliding, same, main, extra());
        }
    }

    private static final class UnionsCodec extends ObjectCodec<Unions, Builder> {
        UnionsCodec() {
            super("com.example.hazard.unions", "mmmmmmam", ObjectCodec.Typing.CHECKED, "open",
                    "closed", "empty", "one", "record", "colliding", "same", "main");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Unions readFields(LexReader reader) {
            Open open = null;
            Closed closed = null;
            Empty empty = null;
            One one = null;
            Record record = null;
            Colliding colliding = null;
            List<SameItem> same = null;
            Main main = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> open = Open.CODEC.read(reader);
                    case 1 -> closed = Closed.CODEC.read(reader);
                    case 2 -> empty = Empty.CODEC.read(reader);
                    case 3 -> one = One.CODEC.read(reader);
                    case 4 -> record = Record.CODEC.read(reader);
                    case 5 -> colliding = Colliding.CODEC.read(reader);
                    case 6 -> same = ListRule.ANY.read(reader, SameItem.CODEC);
                    case 7 -> main = Main.CODEC.read(reader);
                    default -> extra = keep(reader, extra);
                }
            }
            return new Unions(open, closed, empty, one, record, colliding, same, main, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Unions value) {
            if (value.open != null) {
                writer.name(fields(), 0);
                Open.CODEC.write(writer, value.open);
            }
            if (value.closed != null) {
                writer.name(fields(), 1);
                Closed.CODEC.write(writer, value.closed);
            }
            if (value.empty != null) {
                writer.name(fields(), 2);
                Empty.CODEC.write(writer, value.empty);
            }
            if (value.one != null) {
                writer.name(fields(), 3);
                One.CODEC.write(writer, value.one);
            }
            if (value.record != null) {
                writer.name(fields(), 4);
                Record.CODEC.write(writer, value.record);
            }
            if (value.colliding != null) {
                writer.name(fields(), 5);
                Colliding.CODEC.write(writer, value.colliding);
            }
            if (value.same != null) {
                writer.name(fields(), 6);
                ListRule.write(writer, value.same, SameItem.CODEC);
            }
            if (value.main != null) {
                writer.name(fields(), 7);
                Main.CODEC.write(writer, value.main);
            }
        }
    }

    /** The open union at {@code com.example.hazard.unions.open}. */
    public sealed interface Open {
        /** Reads and writes values of this union. */
        Codec<Open> CODEC = new UnionCodec<Open>() {
            @Override
            protected Open readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.hazard.unions#a" -> new A(Unions.A.CODEC.readFields(reader));
                    case "com.example.hazard.unions#b" -> new B(Unions.B.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, Open value) {
                if (value instanceof A variant) {
                    Unions.A.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof B variant) {
                    Unions.B.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.hazard.unions#a}. */
        static Open of(Unions.A value) {
            return new A(value);
        }

        /** Returns the variant {@code com.example.hazard.unions#b}. */
        static Open of(Unions.B value) {
            return new B(value);
        }

        /** The variant {@code com.example.hazard.unions#a}. */
        record A(Unions.A value) implements Open {}

        /** The variant {@code com.example.hazard.unions#b}. */
        record B(Unions.B value) implements Open {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements Open {}
    }

    /** The closed union at {@code com.example.hazard.unions.closed}. */
    public sealed interface Closed {
        /** Reads and writes values of this union. */
        Codec<Closed> CODEC = new UnionCodec<Closed>() {
            @Override
            protected Closed readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.hazard.unions#a" -> new A(Unions.A.CODEC.readFields(reader));
                    case "com.example.hazard.unions#b" -> new B(Unions.B.CODEC.readFields(reader));
                    default -> throw unexpected(type, reader);
                };
            }

            @Override
            public void write(LexWriter writer, Closed value) {
                if (value instanceof A variant) {
                    Unions.A.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof B variant) {
                    Unions.B.CODEC.writeTyped(writer, variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.hazard.unions#a}. */
        static Closed of(Unions.A value) {
            return new A(value);
        }

        /** Returns the variant {@code com.example.hazard.unions#b}. */
        static Closed of(Unions.B value) {
            return new B(value);
        }

        /** The variant {@code com.example.hazard.unions#a}. */
        record A(Unions.A value) implements Closed {}

        /** The variant {@code com.example.hazard.unions#b}. */
        record B(Unions.B value) implements Closed {}
    }

    /** The open union at {@code com.example.hazard.unions.empty}. */
    public sealed interface Empty {
        /** Reads and writes values of this union. */
        Codec<Empty> CODEC = new UnionCodec<Empty>() {
            @Override
            protected Empty readVariant(String type, LexReader reader) {
                return switch (type) {
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, Empty value) {
                if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements Empty {}
    }

    /** The open union at {@code com.example.hazard.unions.one}. */
    public sealed interface One {
        /** Reads and writes values of this union. */
        Codec<One> CODEC = new UnionCodec<One>() {
            @Override
            protected One readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.hazard.unions#a" -> new A(Unions.A.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, One value) {
                if (value instanceof A variant) {
                    Unions.A.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.hazard.unions#a}. */
        static One of(Unions.A value) {
            return new A(value);
        }

        /** The variant {@code com.example.hazard.unions#a}. */
        record A(Unions.A value) implements One {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements One {}
    }

    /** The open union at {@code com.example.hazard.unions.record}. */
    public sealed interface Record {
        /** Reads and writes values of this union. */
        Codec<Record> CODEC = new UnionCodec<Record>() {
            @Override
            protected Record readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.hazard.post" -> new Post(com.example.hazard.Post.CODEC.readFields(reader));
                    case "com.example.lang.record" -> new LangRecord(com.example.lang.Record.CODEC.readFields(reader));
                    case "com.example.hazard.unions#Post" -> new HazardPost(Unions.Post.CODEC.readFields(reader));
                    case "com.example.hazard.unions#unknown" -> new HazardUnknown(Unions.Unknown.CODEC.readFields(reader));
                    case "com.example.hazard.unions#variant" -> new Variant(Unions.Variant.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, Record value) {
                if (value instanceof Post variant) {
                    com.example.hazard.Post.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof LangRecord variant) {
                    com.example.lang.Record.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof HazardPost variant) {
                    Unions.Post.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof HazardUnknown variant) {
                    Unions.Unknown.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Variant variant) {
                    Unions.Variant.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.hazard.post}. */
        static Record of(com.example.hazard.Post value) {
            return new Post(value);
        }

        /** Returns the variant {@code com.example.lang.record}. */
        static Record of(com.example.lang.Record value) {
            return new LangRecord(value);
        }

        /** Returns the variant {@code com.example.hazard.unions#Post}. */
        static Record of(Unions.Post value) {
            return new HazardPost(value);
        }

        /** Returns the variant {@code com.example.hazard.unions#unknown}. */
        static Record of(Unions.Unknown value) {
            return new HazardUnknown(value);
        }

        /** Returns the variant {@code com.example.hazard.unions#variant}. */
        static Record of(Unions.Variant value) {
            return new Variant(value);
        }

        /** The variant {@code com.example.hazard.post}. */
        record Post(com.example.hazard.Post value) implements Record {}

        /** The variant {@code com.example.lang.record}. */
        record LangRecord(com.example.lang.Record value) implements Record {}

        /** The variant {@code com.example.hazard.unions#Post}. */
        record HazardPost(Unions.Post value) implements Record {}

        /** The variant {@code com.example.hazard.unions#unknown}. */
        record HazardUnknown(Unions.Unknown value) implements Record {}

        /** The variant {@code com.example.hazard.unions#variant}. */
        record Variant(Unions.Variant value) implements Record {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements Record {}
    }

    /** The open union at {@code com.example.hazard.unions.colliding}. */
    public sealed interface Colliding {
        /** Reads and writes values of this union. */
        Codec<Colliding> CODEC = new UnionCodec<Colliding>() {
            @Override
            protected Colliding readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.hazard.unions#a" -> new A(Unions.A.CODEC.readFields(reader));
                    case "com.example.hazard.unions#A" -> new ADef(Unions.ADef.CODEC.readFields(reader));
                    case "com.example.one.embed#view" -> new EmbedView(Embed.View.CODEC.readFields(reader));
                    case "com.example.two.embed#view" -> new TwoEmbedView(com.example.two.Embed.View.CODEC.readFields(reader));
                    case "chat.example.defs#view" -> new View(ExampleDefs.View.CODEC.readFields(reader));
                    case "chat.example.one.defs#view" -> new OneView(OneDefs.View.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, Colliding value) {
                if (value instanceof A variant) {
                    Unions.A.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof ADef variant) {
                    Unions.ADef.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof EmbedView variant) {
                    Embed.View.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof TwoEmbedView variant) {
                    com.example.two.Embed.View.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof View variant) {
                    ExampleDefs.View.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof OneView variant) {
                    OneDefs.View.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.hazard.unions#a}. */
        static Colliding of(Unions.A value) {
            return new A(value);
        }

        /** Returns the variant {@code com.example.hazard.unions#A}. */
        static Colliding of(Unions.ADef value) {
            return new ADef(value);
        }

        /** Returns the variant {@code com.example.one.embed#view}. */
        static Colliding of(Embed.View value) {
            return new EmbedView(value);
        }

        /** Returns the variant {@code com.example.two.embed#view}. */
        static Colliding of(com.example.two.Embed.View value) {
            return new TwoEmbedView(value);
        }

        /** Returns the variant {@code chat.example.defs#view}. */
        static Colliding of(ExampleDefs.View value) {
            return new View(value);
        }

        /** Returns the variant {@code chat.example.one.defs#view}. */
        static Colliding of(OneDefs.View value) {
            return new OneView(value);
        }

        /** The variant {@code com.example.hazard.unions#a}. */
        record A(Unions.A value) implements Colliding {}

        /** The variant {@code com.example.hazard.unions#A}. */
        record ADef(Unions.ADef value) implements Colliding {}

        /** The variant {@code com.example.one.embed#view}. */
        record EmbedView(Embed.View value) implements Colliding {}

        /** The variant {@code com.example.two.embed#view}. */
        record TwoEmbedView(com.example.two.Embed.View value) implements Colliding {}

        /** The variant {@code chat.example.defs#view}. */
        record View(ExampleDefs.View value) implements Colliding {}

        /** The variant {@code chat.example.one.defs#view}. */
        record OneView(OneDefs.View value) implements Colliding {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements Colliding {}
    }

    /** The open union at {@code com.example.hazard.unions.same[]}. */
    public sealed interface SameItem {
        /** Reads and writes values of this union. */
        Codec<SameItem> CODEC = new UnionCodec<SameItem>() {
            @Override
            protected SameItem readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.hazard.unions#same" -> new Same(Unions.Same.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, SameItem value) {
                if (value instanceof Same variant) {
                    Unions.Same.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.hazard.unions#same}. */
        static SameItem of(Unions.Same value) {
            return new Same(value);
        }

        /** The variant {@code com.example.hazard.unions#same}. */
        record Same(Unions.Same value) implements SameItem {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements SameItem {}
    }

    /** The open union at {@code com.example.hazard.unions.main}. */
    public sealed interface Main {
        /** Reads and writes values of this union. */
        Codec<Main> CODEC = new UnionCodec<Main>() {
            @Override
            protected Main readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.hazard.unions" -> new HazardUnions(Unions.CODEC.readFields(reader));
                    case "com.example.hazard.unions#type" -> new Type(Unions.Type.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, Main value) {
                if (value instanceof HazardUnions variant) {
                    Unions.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Type variant) {
                    Unions.Type.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.hazard.unions}. */
        static Main of(Unions value) {
            return new HazardUnions(value);
        }

        /** Returns the variant {@code com.example.hazard.unions#type}. */
        static Main of(Unions.Type value) {
            return new Type(value);
        }

        /** The variant {@code com.example.hazard.unions}. */
        record HazardUnions(Unions value) implements Main {}

        /** The variant {@code com.example.hazard.unions#type}. */
        record Type(Unions.Type value) implements Main {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements Main {}
    }

    /** The object type {@code com.example.hazard.unions#a}. */
    public static final class A extends LexObject implements Buildable<A, A.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.unions#a";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<A, Builder> CODEC = new ACodec();

        private final long x;

        private A(long x, LexMap extra) {
            super(extra);
            this.x = x;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code x}: required. */
        public long x() {
            return x;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {x};
        }

        /** Builds {@link A}. */
        public static final class Builder extends ObjectBuilder<A, Builder> {
            private Long x;

            private Builder() {}

            private Builder(A from) {
                super(from);
                this.x = from.x;
            }

            /** Sets {@code x}: required. */
            public Builder x(long x) {
                this.x = x;
                return this;
            }

            @Override
            public A build() {
                return new A(required(x, "x", CODEC.type()), extra());
            }
        }

        private static final class ACodec extends ObjectCodec<A, Builder> {
            ACodec() {
                super("com.example.hazard.unions#a", "i", ObjectCodec.Typing.CHECKED, "x");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public A readFields(LexReader reader) {
                long x = 0;
                boolean hasX = false;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> {
                            x = reader.readInteger();
                            hasX = true;
                        }
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (!hasX) {
                        throw reader.missing("x");
                    }
                }
                return new A(x, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, A value) {
                writer.name(fields(), 0);
                writer.integer(value.x);
            }
        }
    }

    /** The object type {@code com.example.hazard.unions#A}. */
    public static final class ADef extends LexObject implements Buildable<ADef, ADef.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.unions#A";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<ADef, Builder> CODEC = new ADefCodec();

        private final Long y;

        private ADef(Long y, LexMap extra) {
            super(extra);
            this.y = y;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code y}: optional. */
        public @Nullable Long y() {
            return y;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {y};
        }

        /** Builds {@link ADef}. */
        public static final class Builder extends ObjectBuilder<ADef, Builder> {
            private Long y;

            private Builder() {}

            private Builder(ADef from) {
                super(from);
                this.y = from.y;
            }

            /** Sets {@code y}: optional. */
            public Builder y(@Nullable Long y) {
                this.y = y;
                return this;
            }

            /** Sets {@code y}. */
            public Builder y(long y) {
                return y((Long) y);
            }

            @Override
            public ADef build() {
                return new ADef(y, extra());
            }
        }

        private static final class ADefCodec extends ObjectCodec<ADef, Builder> {
            ADefCodec() {
                super("com.example.hazard.unions#A", "i", ObjectCodec.Typing.CHECKED, "y");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public ADef readFields(LexReader reader) {
                Long y = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> y = reader.readInteger();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new ADef(y, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, ADef value) {
                if (value.y != null) {
                    writer.name(fields(), 0);
                    writer.integer(value.y);
                }
            }
        }
    }

    /** The object type {@code com.example.hazard.unions#b}. */
    public static final class B extends LexObject implements Buildable<B, B.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.unions#b";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<B, Builder> CODEC = new BCodec();

        private final String text;

        private B(String text, LexMap extra) {
            super(extra);
            this.text = text;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code text}: optional. */
        public @Nullable String text() {
            return text;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {text};
        }

        /** Builds {@link B}. */
        public static final class Builder extends ObjectBuilder<B, Builder> {
            private String text;

            private Builder() {}

            private Builder(B from) {
                super(from);
                this.text = from.text;
            }

            /** Sets {@code text}: optional. */
            public Builder text(@Nullable String text) {
                this.text = text;
                return this;
            }

            @Override
            public B build() {
                return new B(text, extra());
            }
        }

        private static final class BCodec extends ObjectCodec<B, Builder> {
            BCodec() {
                super("com.example.hazard.unions#b", "s", ObjectCodec.Typing.CHECKED, "text");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public B readFields(LexReader reader) {
                String text = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> text = reader.readString();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new B(text, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, B value) {
                if (value.text != null) {
                    writer.name(fields(), 0);
                    writer.string(value.text);
                }
            }
        }
    }

    /** The object type {@code com.example.hazard.unions#Post}. */
    public static final class Post extends LexObject implements Buildable<Post, Post.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.unions#Post";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Post, Builder> CODEC = new PostCodec();

        private Post(LexMap extra) {
            super(extra);
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {};
        }

        /** Builds {@link Post}. */
        public static final class Builder extends ObjectBuilder<Post, Builder> {
            private Builder() {}

            private Builder(Post from) {
                super(from);
            }

            @Override
            public Post build() {
                return new Post(extra());
            }
        }

        private static final class PostCodec extends ObjectCodec<Post, Builder> {
            PostCodec() {
                super("com.example.hazard.unions#Post", "", ObjectCodec.Typing.CHECKED);
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Post readFields(LexReader reader) {
                LexMap.Builder extra = null;
                while (reader.nextField(fields()) != LexReader.END) {
                    extra = keep(reader, extra);
                }
                return new Post(kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Post value) {}
        }
    }

    /** The object type {@code com.example.hazard.unions#unknown}. */
    public static final class Unknown extends LexObject implements Buildable<Unknown, Unknown.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.unions#unknown";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Unknown, Builder> CODEC = new UnknownCodec();

        private Unknown(LexMap extra) {
            super(extra);
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {};
        }

        /** Builds {@link Unknown}. */
        public static final class Builder extends ObjectBuilder<Unknown, Builder> {
            private Builder() {}

            private Builder(Unknown from) {
                super(from);
            }

            @Override
            public Unknown build() {
                return new Unknown(extra());
            }
        }

        private static final class UnknownCodec extends ObjectCodec<Unknown, Builder> {
            UnknownCodec() {
                super("com.example.hazard.unions#unknown", "", ObjectCodec.Typing.CHECKED);
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Unknown readFields(LexReader reader) {
                LexMap.Builder extra = null;
                while (reader.nextField(fields()) != LexReader.END) {
                    extra = keep(reader, extra);
                }
                return new Unknown(kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Unknown value) {}
        }
    }

    /** The object type {@code com.example.hazard.unions#variant}. */
    public static final class Variant extends LexObject implements Buildable<Variant, Variant.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.unions#variant";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Variant, Builder> CODEC = new VariantCodec();

        private Variant(LexMap extra) {
            super(extra);
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {};
        }

        /** Builds {@link Variant}. */
        public static final class Builder extends ObjectBuilder<Variant, Builder> {
            private Builder() {}

            private Builder(Variant from) {
                super(from);
            }

            @Override
            public Variant build() {
                return new Variant(extra());
            }
        }

        private static final class VariantCodec extends ObjectCodec<Variant, Builder> {
            VariantCodec() {
                super("com.example.hazard.unions#variant", "", ObjectCodec.Typing.CHECKED);
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Variant readFields(LexReader reader) {
                LexMap.Builder extra = null;
                while (reader.nextField(fields()) != LexReader.END) {
                    extra = keep(reader, extra);
                }
                return new Variant(kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Variant value) {}
        }
    }

    /** The object type {@code com.example.hazard.unions#same}. */
    public static final class Same extends LexObject implements Buildable<Same, Same.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.unions#same";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Same, Builder> CODEC = new SameCodec();

        private final SameUnion same;

        private Same(SameUnion same, LexMap extra) {
            super(extra);
            this.same = same;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code same}: optional. */
        public @Nullable SameUnion same() {
            return same;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {same};
        }

        /** Builds {@link Same}. */
        public static final class Builder extends ObjectBuilder<Same, Builder> {
            private SameUnion same;

            private Builder() {}

            private Builder(Same from) {
                super(from);
                this.same = from.same;
            }

            /** Sets {@code same}: optional. */
            public Builder same(@Nullable SameUnion same) {
                this.same = same;
                return this;
            }

            @Override
            public Same build() {
                return new Same(same, extra());
            }
        }

        private static final class SameCodec extends ObjectCodec<Same, Builder> {
            SameCodec() {
                super("com.example.hazard.unions#same", "m", ObjectCodec.Typing.CHECKED, "same");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Same readFields(LexReader reader) {
                SameUnion same = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> same = SameUnion.CODEC.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Same(same, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Same value) {
                if (value.same != null) {
                    writer.name(fields(), 0);
                    SameUnion.CODEC.write(writer, value.same);
                }
            }
        }

        /** The open union at {@code com.example.hazard.unions#same.same}. */
        public sealed interface SameUnion {
            /** Reads and writes values of this union. */
            Codec<SameUnion> CODEC = new UnionCodec<SameUnion>() {
                @Override
                protected SameUnion readVariant(String type, LexReader reader) {
                    return switch (type) {
                        case "com.example.hazard.unions#same" -> new HazardSame(Same.CODEC.readFields(reader));
                        default -> new Unknown(type, unknown(type, reader));
                    };
                }

                @Override
                public void write(LexWriter writer, SameUnion value) {
                    if (value instanceof HazardSame variant) {
                        Same.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof Unknown variant) {
                        writer.value(variant.value());
                    }
                }
            };

            /** Returns the variant {@code com.example.hazard.unions#same}. */
            static SameUnion of(Same value) {
                return new HazardSame(value);
            }

            /** The variant {@code com.example.hazard.unions#same}. */
            record HazardSame(Same value) implements SameUnion {}

            /**
             * A variant that is unknown to this version of the generated code.
             *
             * @param type its {@code $type}
             * @param value the whole object, including {@code $type}
             */
            record Unknown(String type, LexMap value) implements SameUnion {}
        }
    }

    /** The object type {@code com.example.hazard.unions#type}. */
    public static final class Type extends LexObject implements Buildable<Type, Type.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.unions#type";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Type, Builder> CODEC = new TypeCodec();

        private final String type;
        private final String value;

        private Type(String type, String value, LexMap extra) {
            super(extra);
            this.type = type;
            this.value = value;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code type}: optional. */
        public @Nullable String type() {
            return type;
        }

        /** Returns {@code value}: optional. */
        public @Nullable String value() {
            return value;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {type, value};
        }

        /** Builds {@link Type}. */
        public static final class Builder extends ObjectBuilder<Type, Builder> {
            private String type;
            private String value;

            private Builder() {}

            private Builder(Type from) {
                super(from);
                this.type = from.type;
                this.value = from.value;
            }

            /** Sets {@code type}: optional. */
            public Builder type(@Nullable String type) {
                this.type = type;
                return this;
            }

            /** Sets {@code value}: optional. */
            public Builder value(@Nullable String value) {
                this.value = value;
                return this;
            }

            @Override
            public Type build() {
                return new Type(type, value, extra());
            }
        }

        private static final class TypeCodec extends ObjectCodec<Type, Builder> {
            TypeCodec() {
                super("com.example.hazard.unions#type", "ss", ObjectCodec.Typing.CHECKED, "type",
                        "value");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Type readFields(LexReader reader) {
                String type = null;
                String value = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> type = reader.readString();
                        case 1 -> value = reader.readString();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Type(type, value, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Type value) {
                if (value.type != null) {
                    writer.name(fields(), 0);
                    writer.string(value.type);
                }
                if (value.value != null) {
                    writer.name(fields(), 1);
                    writer.string(value.value);
                }
            }
        }
    }
}
