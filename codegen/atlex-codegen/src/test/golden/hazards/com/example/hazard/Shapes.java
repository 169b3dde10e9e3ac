// Generated from the lexicon com.example.hazard.shapes. Do not edit.
package com.example.hazard;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.IntegerRule;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.StringRule;
import dev.atlex.schema.generated.UnionCodec;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The object type {@code com.example.hazard.shapes}. */
public final class Shapes extends LexObject implements Buildable<Shapes, Shapes.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.shapes";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Shapes, Builder> CODEC = new ShapesCodec();

    /**
     * How much.
     *
     * <p>A known value of {@code level}.
     */
    public static final String LEVEL_LOW = "low";

    /**
     * How much.
     *
     * <p>A known value of {@code level}.
     */
    public static final String LEVEL_HIGH = "high";

    /**
     * A token.
     *
     * <p>The token {@code com.example.hazard.shapes#token}.
     */
    public static final String TOKEN = "com.example.hazard.shapes#token";

    private final List<List<Long>> matrix;
    private final List<List<List<String>>> cube;
    private final Inline inline;
    private final List<ItemsItem> items;
    private final List<List<DeepItemItem>> deep;
    private final Empty empty;
    private final Tree tree;
    private final List<String> list;
    private final List<ThingsItem> things;
    private final List<List<String>> lists;
    private final String level;
    private final List<String> levels;
    private final String token;
    private final Long size;
    private final LexMap any;
    private final List<LexMap> anys;

    private Shapes(List<List<Long>> matrix, List<List<List<String>>> cube, Inline inline,
            List<ItemsItem> items, List<List<DeepItemItem>> deep, Empty empty, Tree tree,
            List<String> list, List<ThingsItem> things, List<List<String>> lists, String level,
            List<String> levels, String token, Long size, LexMap any, List<LexMap> anys,
            LexMap extra) {
        super(extra);
        this.matrix = matrix;
        this.cube = cube;
        this.inline = inline;
        this.items = items;
        this.deep = deep;
        this.empty = empty;
        this.tree = tree;
        this.list = list;
        this.things = things;
        this.lists = lists;
        this.level = level;
        this.levels = levels;
        this.token = token;
        this.size = size;
        this.any = any;
        this.anys = anys;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /**
     * Returns {@code matrix}: optional, at least 1 element, each element: at most 3 elements, each
     * element: at least 0.
     */
    public @Nullable List<List<Long>> matrix() {
        return matrix;
    }

    /** Returns {@code cube}: optional. */
    public @Nullable List<List<List<String>>> cube() {
        return cube;
    }

    /** Returns {@code inline}: optional. */
    public @Nullable Inline inline() {
        return inline;
    }

    /** Returns {@code items}: optional. */
    public @Nullable List<ItemsItem> items() {
        return items;
    }

    /** Returns {@code deep}: optional. */
    public @Nullable List<List<DeepItemItem>> deep() {
        return deep;
    }

    /** Returns {@code empty}: optional. */
    public @Nullable Empty empty() {
        return empty;
    }

    /** Returns {@code tree}: optional. */
    public @Nullable Tree tree() {
        return tree;
    }

    /** Returns {@code list}: optional, at most 2 elements, each element: at most 5 UTF-8 bytes. */
    public @Nullable List<String> list() {
        return list;
    }

    /** Returns {@code things}: optional. */
    public @Nullable List<ThingsItem> things() {
        return things;
    }

    /** Returns {@code lists}: optional. */
    public @Nullable List<List<String>> lists() {
        return lists;
    }

    /**
     * Returns {@code level}: optional, default {@code low}, at most 4 UTF-8 bytes, known values
     * {@code low}, {@code high}.
     */
    public String level() {
        return level == null ? "low" : level;
    }

    /** Returns {@code levels}: optional. */
    public @Nullable List<String> levels() {
        return levels;
    }

    /** Returns {@code token}: optional. */
    public @Nullable String token() {
        return token;
    }

    /** Returns {@code size}: optional, 1 to 9. */
    public @Nullable Long size() {
        return size;
    }

    /** Returns {@code any}: optional. */
    public @Nullable LexMap any() {
        return any;
    }

    /** Returns {@code anys}: optional. */
    public @Nullable List<LexMap> anys() {
        return anys;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {matrix, cube, inline, items, deep, empty, tree, list, things, lists, level, levels, token, size, any, anys};
    }

    /** Builds {@link Shapes}. */
    public static final class Builder extends ObjectBuilder<Shapes, Builder> {
        private List<List<Long>> matrix;
        private List<List<List<String>>> cube;
        private Inline inline;
        private List<ItemsItem> items;
        private List<List<DeepItemItem>> deep;
        private Empty empty;
        private Tree tree;
        private List<String> list;
        private List<ThingsItem> things;
        private List<List<String>> lists;
        private String level;
        private List<String> levels;
        private String token;
        private Long size;
        private LexMap any;
        private List<LexMap> anys;

        private Builder() {}

        private Builder(Shapes from) {
            super(from);
            this.matrix = from.matrix;
            this.cube = from.cube;
            this.inline = from.inline;
            this.items = from.items;
            this.deep = from.deep;
            this.empty = from.empty;
            this.tree = from.tree;
            this.list = from.list;
            this.things = from.things;
            this.lists = from.lists;
            this.level = from.level;
            this.levels = from.levels;
            this.token = from.token;
            this.size = from.size;
            this.any = from.any;
            this.anys = from.anys;
        }

        /**
         * Sets {@code matrix}: optional, at least 1 element, each element: at most 3 elements, each element:
         * at least 0.
         */
        public Builder matrix(@Nullable List<List<Long>> matrix) {
            this.matrix = matrix == null ? null : matrix.stream().map(List::copyOf).toList();
            return this;
        }

        /** Sets {@code cube}: optional. */
        public Builder cube(@Nullable List<List<List<String>>> cube) {
            this.cube = cube == null ? null : cube.stream().map(inner_3 -> inner_3.stream().map(List::copyOf).toList()).toList();
            return this;
        }

        /** Sets {@code inline}: optional. */
        public Builder inline(@Nullable Inline inline) {
            this.inline = inline;
            return this;
        }

        /** Sets {@code items}: optional. */
        public Builder items(@Nullable Collection<? extends ItemsItem> items) {
            this.items = ListRule.copy(items);
            return this;
        }

        /** Sets {@code items} to these elements. */
        public Builder items(ItemsItem... items) {
            return items(List.of(items));
        }

        /** Sets {@code deep}: optional. */
        public Builder deep(@Nullable List<List<DeepItemItem>> deep) {
            this.deep = deep == null ? null : deep.stream().map(List::copyOf).toList();
            return this;
        }

        /** Sets {@code empty}: optional. */
        public Builder empty(@Nullable Empty empty) {
            this.empty = empty;
            return this;
        }

        /** Sets {@code tree}: optional. */
        public Builder tree(@Nullable Tree tree) {
            this.tree = tree;
            return this;
        }

        /** Sets {@code list}: optional, at most 2 elements, each element: at most 5 UTF-8 bytes. */
        public Builder list(@Nullable Collection<String> list) {
            this.list = ListRule.copy(list);
            return this;
        }

        /** Sets {@code list} to these elements. */
        public Builder list(String... list) {
            return list(List.of(list));
        }

        /** Sets {@code things}: optional. */
        public Builder things(@Nullable Collection<? extends ThingsItem> things) {
            this.things = ListRule.copy(things);
            return this;
        }

        /** Sets {@code things} to these elements. */
        public Builder things(ThingsItem... things) {
            return things(List.of(things));
        }

        /** Sets {@code lists}: optional. */
        public Builder lists(@Nullable List<List<String>> lists) {
            this.lists = lists == null ? null : lists.stream().map(List::copyOf).toList();
            return this;
        }

        /**
         * Sets {@code level}: optional, default {@code low}, at most 4 UTF-8 bytes, known values {@code low},
         * {@code high}.
         */
        public Builder level(@Nullable String level) {
            this.level = level;
            return this;
        }

        /** Sets {@code levels}: optional. */
        public Builder levels(@Nullable Collection<String> levels) {
            this.levels = ListRule.copy(levels);
            return this;
        }

        /** Sets {@code levels} to these elements. */
        public Builder levels(String... levels) {
            return levels(List.of(levels));
        }

        /** Sets {@code token}: optional. */
        public Builder token(@Nullable String token) {
            this.token = token;
            return this;
        }

        /** Sets {@code size}: optional, 1 to 9. */
        public Builder size(@Nullable Long size) {
            this.size = size;
            return this;
        }

        /** Sets {@code size}. */
        public Builder size(long size) {
            return size((Long) size);
        }

        /** Sets {@code any}: optional. */
        public Builder any(@Nullable LexMap any) {
            this.any = any;
            return this;
        }

        /** Sets {@code anys}: optional. */
        public Builder anys(@Nullable Collection<? extends LexMap> anys) {
            this.anys = ListRule.copy(anys);
            return this;
        }

        /** Sets {@code anys} to these elements. */
        public Builder anys(LexMap... anys) {
            return anys(List.of(anys));
        }

        @Override
        public Shapes build() {
            return new Shapes(matrix, cube, inline, items, deep, empty, tree, list, things, lists,
                    level, levels, token, size, any, anys, extra());
        }
    }

    private static final class ShapesCodec extends ObjectCodec<Shapes, Builder> {
        private static final IntegerRule MATRIX_ITEM_ITEM = IntegerRule.ANY.minimum(0L);

        private static final ListRule MATRIX_ITEM = ListRule.ANY.maxLength(3);

        private static final ListRule MATRIX = ListRule.ANY.minLength(1);

        private static final StringRule LIST_ITEM = StringRule.ANY.maxLength(5);

        private static final ListRule LIST = ListRule.ANY.maxLength(2);

        private static final StringRule LEVEL = StringRule.ANY.maxLength(4);

        private static final StringRule TOKEN = StringRule.ANY.oneOf("com.example.hazard.shapes#token");

        private static final IntegerRule SIZE = IntegerRule.ANY.minimum(1L).maximum(9L);

        ShapesCodec() {
            super("com.example.hazard.shapes", "aamaammaaasasima", ObjectCodec.Typing.CHECKED,
                    "matrix", "cube", "inline", "items", "deep", "empty", "tree", "list", "things",
                    "lists", "level", "levels", "token", "size", "any", "anys");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Shapes readFields(LexReader reader) {
            List<List<Long>> matrix = null;
            List<List<List<String>>> cube = null;
            Inline inline = null;
            List<ItemsItem> items = null;
            List<List<DeepItemItem>> deep = null;
            Empty empty = null;
            Tree tree = null;
            List<String> list = null;
            List<ThingsItem> things = null;
            List<List<String>> lists = null;
            String level = null;
            List<String> levels = null;
            String token = null;
            Long size = null;
            LexMap any = null;
            List<LexMap> anys = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> matrix = MATRIX.read(reader, MATRIX_ITEM.of(MATRIX_ITEM_ITEM));
                    case 1 -> cube = ListRule.ANY.read(reader, ListRule.ANY.of(ListRule.ANY.of(StringRule.ANY)));
                    case 2 -> inline = Inline.CODEC.read(reader);
                    case 3 -> items = ListRule.ANY.read(reader, ItemsItem.CODEC);
                    case 4 -> deep = ListRule.ANY.read(reader, ListRule.ANY.of(DeepItemItem.CODEC));
                    case 5 -> empty = Empty.CODEC.read(reader);
                    case 6 -> tree = Tree.CODEC.read(reader);
                    case 7 -> list = LIST.read(reader, LIST_ITEM);
                    case 8 -> things = ListRule.ANY.read(reader, ThingsItem.CODEC);
                    case 9 -> lists = ListRule.ANY.read(reader, LIST.of(LIST_ITEM));
                    case 10 -> level = LEVEL.read(reader);
                    case 11 -> levels = ListRule.ANY.read(reader, LEVEL);
                    case 12 -> token = TOKEN.read(reader);
                    case 13 -> size = SIZE.readLong(reader);
                    case 14 -> any = Codecs.MAP.read(reader);
                    case 15 -> anys = ListRule.ANY.read(reader, Codecs.MAP);
                    default -> extra = keep(reader, extra);
                }
            }
            return new Shapes(matrix, cube, inline, items, deep, empty, tree, list, things, lists,
                    level, levels, token, size, any, anys, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Shapes value) {
            if (value.matrix != null) {
                writer.name(fields(), 0);
                ListRule.write(writer, value.matrix, MATRIX_ITEM.of(MATRIX_ITEM_ITEM));
            }
            if (value.cube != null) {
                writer.name(fields(), 1);
                ListRule.write(writer, value.cube, ListRule.ANY.of(ListRule.ANY.of(StringRule.ANY)));
            }
            if (value.inline != null) {
                writer.name(fields(), 2);
                Inline.CODEC.write(writer, value.inline);
            }
            if (value.items != null) {
                writer.name(fields(), 3);
                ListRule.write(writer, value.items, ItemsItem.CODEC);
            }
            if (value.deep != null) {
                writer.name(fields(), 4);
                ListRule.write(writer, value.deep, ListRule.ANY.of(DeepItemItem.CODEC));
            }
            if (value.empty != null) {
                writer.name(fields(), 5);
                Empty.CODEC.write(writer, value.empty);
            }
            if (value.tree != null) {
                writer.name(fields(), 6);
                Tree.CODEC.write(writer, value.tree);
            }
            if (value.list != null) {
                writer.name(fields(), 7);
                ListRule.write(writer, value.list, LIST_ITEM);
            }
            if (value.things != null) {
                writer.name(fields(), 8);
                ListRule.write(writer, value.things, ThingsItem.CODEC);
            }
            if (value.lists != null) {
                writer.name(fields(), 9);
                ListRule.write(writer, value.lists, LIST.of(LIST_ITEM));
            }
            if (value.level != null) {
                writer.name(fields(), 10);
                writer.string(value.level);
            }
            if (value.levels != null) {
                writer.name(fields(), 11);
                ListRule.write(writer, value.levels, LEVEL);
            }
            if (value.token != null) {
                writer.name(fields(), 12);
                writer.string(value.token);
            }
            if (value.size != null) {
                writer.name(fields(), 13);
                writer.integer(value.size);
            }
            if (value.any != null) {
                writer.name(fields(), 14);
                Codecs.MAP.write(writer, value.any);
            }
            if (value.anys != null) {
                writer.name(fields(), 15);
                ListRule.write(writer, value.anys, Codecs.MAP);
            }
        }
    }

    /** The object at {@code com.example.hazard.shapes.inline}. */
    public static final class Inline extends LexObject implements Buildable<Inline, Inline.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Inline, Builder> CODEC = new InlineCodec();

        private final InlineObject inline;
        private final String y;

        private Inline(InlineObject inline, String y, LexMap extra) {
            super(extra);
            this.inline = inline;
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

        /** Returns {@code inline}: optional. */
        public @Nullable InlineObject inline() {
            return inline;
        }

        /** Returns {@code y}: optional. */
        public @Nullable String y() {
            return y;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {inline, y};
        }

        /** Builds {@link Inline}. */
        public static final class Builder extends ObjectBuilder<Inline, Builder> {
            private InlineObject inline;
            private String y;

            private Builder() {}

            private Builder(Inline from) {
                super(from);
                this.inline = from.inline;
                this.y = from.y;
            }

            /** Sets {@code inline}: optional. */
            public Builder inline(@Nullable InlineObject inline) {
                this.inline = inline;
                return this;
            }

            /** Sets {@code y}: optional. */
            public Builder y(@Nullable String y) {
                this.y = y;
                return this;
            }

            @Override
            public Inline build() {
                return new Inline(inline, y, extra());
            }
        }

        private static final class InlineCodec extends ObjectCodec<Inline, Builder> {
            InlineCodec() {
                super("com.example.hazard.shapes.inline", "ms", ObjectCodec.Typing.NONE, "inline",
                        "y");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Inline readFields(LexReader reader) {
                InlineObject inline = null;
                String y = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> inline = InlineObject.CODEC.read(reader);
                        case 1 -> y = reader.readString();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Inline(inline, y, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Inline value) {
                if (value.inline != null) {
                    writer.name(fields(), 0);
                    InlineObject.CODEC.write(writer, value.inline);
                }
                if (value.y != null) {
                    writer.name(fields(), 1);
                    writer.string(value.y);
                }
            }
        }

        /** The object at {@code com.example.hazard.shapes.inline.inline}. */
        public static final class InlineObject extends LexObject implements Buildable<InlineObject, InlineObject.Builder> {
            /** Reads and writes objects of this type. */
            public static final ObjectCodec<InlineObject, Builder> CODEC = new InlineObjectCodec();

            private final long x;

            private InlineObject(long x, LexMap extra) {
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

            /** Builds {@link InlineObject}. */
            public static final class Builder extends ObjectBuilder<InlineObject, Builder> {
                private Long x;

                private Builder() {}

                private Builder(InlineObject from) {
                    super(from);
                    this.x = from.x;
                }

                /** Sets {@code x}: required. */
                public Builder x(long x) {
                    this.x = x;
                    return this;
                }

                @Override
                public InlineObject build() {
                    return new InlineObject(required(x, "x", CODEC.type()), extra());
                }
            }

            private static final class InlineObjectCodec extends ObjectCodec<InlineObject, Builder> {
                InlineObjectCodec() {
                    super("com.example.hazard.shapes.inline.inline", "i", ObjectCodec.Typing.NONE,
                            "x");
                }

                @Override
                public Builder newBuilder() {
                    return new Builder();
                }

                @Override
                public InlineObject readFields(LexReader reader) {
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
                    return new InlineObject(x, kept(extra));
                }

                @Override
                protected void writeFields(LexWriter writer, InlineObject value) {
                    writer.name(fields(), 0);
                    writer.integer(value.x);
                }
            }
        }
    }

    /** The object at {@code com.example.hazard.shapes.items[]}. */
    public static final class ItemsItem extends LexObject implements Buildable<ItemsItem, ItemsItem.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<ItemsItem, Builder> CODEC = new ItemsItemCodec();

        private final Long x;

        private ItemsItem(Long x, LexMap extra) {
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

        /** Returns {@code x}: optional. */
        public @Nullable Long x() {
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

        /** Builds {@link ItemsItem}. */
        public static final class Builder extends ObjectBuilder<ItemsItem, Builder> {
            private Long x;

            private Builder() {}

            private Builder(ItemsItem from) {
                super(from);
                this.x = from.x;
            }

            /** Sets {@code x}: optional. */
            public Builder x(@Nullable Long x) {
                this.x = x;
                return this;
            }

            /** Sets {@code x}. */
            public Builder x(long x) {
                return x((Long) x);
            }

            @Override
            public ItemsItem build() {
                return new ItemsItem(x, extra());
            }
        }

        private static final class ItemsItemCodec extends ObjectCodec<ItemsItem, Builder> {
            ItemsItemCodec() {
                super("com.example.hazard.shapes.items[]", "i", ObjectCodec.Typing.NONE, "x");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public ItemsItem readFields(LexReader reader) {
                Long x = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> x = reader.readInteger();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new ItemsItem(x, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, ItemsItem value) {
                if (value.x != null) {
                    writer.name(fields(), 0);
                    writer.integer(value.x);
                }
            }
        }
    }

    /** The open union at {@code com.example.hazard.shapes.deep[][]}. */
    public sealed interface DeepItemItem {
        /** Reads and writes values of this union. */
        Codec<DeepItemItem> CODEC = new UnionCodec<DeepItemItem>() {
            @Override
            protected DeepItemItem readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.hazard.shapes#empty" -> new Empty(Shapes.Empty.CODEC.readFields(reader));
                    case "com.example.hazard.shapes#tree" -> new Tree(Shapes.Tree.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, DeepItemItem value) {
                if (value instanceof Empty variant) {
                    Shapes.Empty.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Tree variant) {
                    Shapes.Tree.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.hazard.shapes#empty}. */
        static DeepItemItem of(Shapes.Empty value) {
            return new Empty(value);
        }

        /** Returns the variant {@code com.example.hazard.shapes#tree}. */
        static DeepItemItem of(Shapes.Tree value) {
            return new Tree(value);
        }

        /** The variant {@code com.example.hazard.shapes#empty}. */
        record Empty(Shapes.Empty value) implements DeepItemItem {}

        /** The variant {@code com.example.hazard.shapes#tree}. */
        record Tree(Shapes.Tree value) implements DeepItemItem {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements DeepItemItem {}
    }

    /** The object type {@code com.example.hazard.shapes#empty}. */
    public static final class Empty extends LexObject implements Buildable<Empty, Empty.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.shapes#empty";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Empty, Builder> CODEC = new EmptyCodec();

        private Empty(LexMap extra) {
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

        /** Builds {@link Empty}. */
        public static final class Builder extends ObjectBuilder<Empty, Builder> {
            private Builder() {}

            private Builder(Empty from) {
                super(from);
            }

            @Override
            public Empty build() {
                return new Empty(extra());
            }
        }

        private static final class EmptyCodec extends ObjectCodec<Empty, Builder> {
            EmptyCodec() {
                super("com.example.hazard.shapes#empty", "", ObjectCodec.Typing.CHECKED);
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Empty readFields(LexReader reader) {
                LexMap.Builder extra = null;
                while (reader.nextField(fields()) != LexReader.END) {
                    extra = keep(reader, extra);
                }
                return new Empty(kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Empty value) {}
        }
    }

    /** The object type {@code com.example.hazard.shapes#tree}. */
    public static final class Tree extends LexObject implements Buildable<Tree, Tree.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.shapes#tree";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Tree, Builder> CODEC = new TreeCodec();

        private final Tree left;
        private final Tree right;
        private final List<Tree> children;
        private final Leaf leaf;

        private Tree(Tree left, Tree right, List<Tree> children, Leaf leaf, LexMap extra) {
            super(extra);
            this.left = left;
            this.right = right;
            this.children = children;
            this.leaf = leaf;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code left}: optional. */
        public @Nullable Tree left() {
            return left;
        }

        /** Returns {@code right}: optional. */
        public @Nullable Tree right() {
            return right;
        }

        /** Returns {@code children}: optional. */
        public @Nullable List<Tree> children() {
            return children;
        }

        /** Returns {@code leaf}: optional. */
        public @Nullable Leaf leaf() {
            return leaf;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {left, right, children, leaf};
        }

        /** Builds {@link Tree}. */
        public static final class Builder extends ObjectBuilder<Tree, Builder> {
            private Tree left;
            private Tree right;
            private List<Tree> children;
            private Leaf leaf;

            private Builder() {}

            private Builder(Tree from) {
                super(from);
                this.left = from.left;
                this.right = from.right;
                this.children = from.children;
                this.leaf = from.leaf;
            }

            /** Sets {@code left}: optional. */
            public Builder left(@Nullable Tree left) {
                this.left = left;
                return this;
            }

            /** Sets {@code right}: optional. */
            public Builder right(@Nullable Tree right) {
                this.right = right;
                return this;
            }

            /** Sets {@code children}: optional. */
            public Builder children(@Nullable Collection<? extends Tree> children) {
                this.children = ListRule.copy(children);
                return this;
            }

            /** Sets {@code children} to these elements. */
            public Builder children(Tree... children) {
                return children(List.of(children));
            }

            /** Sets {@code leaf}: optional. */
            public Builder leaf(@Nullable Leaf leaf) {
                this.leaf = leaf;
                return this;
            }

            @Override
            public Tree build() {
                return new Tree(left, right, children, leaf, extra());
            }
        }

        private static final class TreeCodec extends ObjectCodec<Tree, Builder> {
            TreeCodec() {
                super("com.example.hazard.shapes#tree", "mmam", ObjectCodec.Typing.CHECKED, "left",
                        "right", "children", "leaf");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Tree readFields(LexReader reader) {
                Tree left = null;
                Tree right = null;
                List<Tree> children = null;
                Leaf leaf = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> left = Tree.CODEC.read(reader);
                        case 1 -> right = Tree.CODEC.read(reader);
                        case 2 -> children = ListRule.ANY.read(reader, Tree.CODEC);
                        case 3 -> leaf = Leaf.CODEC.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Tree(left, right, children, leaf, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Tree value) {
                if (value.left != null) {
                    writer.name(fields(), 0);
                    Tree.CODEC.write(writer, value.left);
                }
                if (value.right != null) {
                    writer.name(fields(), 1);
                    Tree.CODEC.write(writer, value.right);
                }
                if (value.children != null) {
                    writer.name(fields(), 2);
                    ListRule.write(writer, value.children, Tree.CODEC);
                }
                if (value.leaf != null) {
                    writer.name(fields(), 3);
                    Leaf.CODEC.write(writer, value.leaf);
                }
            }
        }
    }

    /** The object type {@code com.example.hazard.shapes#leaf}. */
    public static final class Leaf extends LexObject implements Buildable<Leaf, Leaf.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.shapes#leaf";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Leaf, Builder> CODEC = new LeafCodec();

        private final Of of;

        private Leaf(Of of, LexMap extra) {
            super(extra);
            this.of = of;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code of}: optional. */
        public @Nullable Of of() {
            return of;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {of};
        }

        /** Builds {@link Leaf}. */
        public static final class Builder extends ObjectBuilder<Leaf, Builder> {
            private Of of;

            private Builder() {}

            private Builder(Leaf from) {
                super(from);
                this.of = from.of;
            }

            /** Sets {@code of}: optional. */
            public Builder of(@Nullable Of of) {
                this.of = of;
                return this;
            }

            @Override
            public Leaf build() {
                return new Leaf(of, extra());
            }
        }

        private static final class LeafCodec extends ObjectCodec<Leaf, Builder> {
            LeafCodec() {
                super("com.example.hazard.shapes#leaf", "m", ObjectCodec.Typing.CHECKED, "of");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Leaf readFields(LexReader reader) {
                Of of = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> of = Of.CODEC.read(reader);
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Leaf(of, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Leaf value) {
                if (value.of != null) {
                    writer.name(fields(), 0);
                    Of.CODEC.write(writer, value.of);
                }
            }
        }

        /** The open union at {@code com.example.hazard.shapes#leaf.of}. */
        public sealed interface Of {
            /** Reads and writes values of this union. */
            Codec<Of> CODEC = new UnionCodec<Of>() {
                @Override
                protected Of readVariant(String type, LexReader reader) {
                    return switch (type) {
                        case "com.example.hazard.shapes#tree" -> new Tree(Shapes.Tree.CODEC.readFields(reader));
                        case "com.example.hazard.shapes#leaf" -> new HazardLeaf(Leaf.CODEC.readFields(reader));
                        default -> new Unknown(type, unknown(type, reader));
                    };
                }

                @Override
                public void write(LexWriter writer, Of value) {
                    if (value instanceof Tree variant) {
                        Shapes.Tree.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof HazardLeaf variant) {
                        Leaf.CODEC.writeTyped(writer, variant.value());
                    } else if (value instanceof Unknown variant) {
                        writer.value(variant.value());
                    }
                }
            };

            /** Returns the variant {@code com.example.hazard.shapes#tree}. */
            static Of of(Shapes.Tree value) {
                return new Tree(value);
            }

            /** Returns the variant {@code com.example.hazard.shapes#leaf}. */
            static Of of(Leaf value) {
                return new HazardLeaf(value);
            }

            /** The variant {@code com.example.hazard.shapes#tree}. */
            record Tree(Shapes.Tree value) implements Of {}

            /** The variant {@code com.example.hazard.shapes#leaf}. */
            record HazardLeaf(Leaf value) implements Of {}

            /**
             * A variant that is unknown to this version of the generated code.
             *
             * @param type its {@code $type}
             * @param value the whole object, including {@code $type}
             */
            record Unknown(String type, LexMap value) implements Of {}
        }
    }

    /** The open union at {@code com.example.hazard.shapes#things[]}. */
    public sealed interface ThingsItem {
        /** Reads and writes values of this union. */
        Codec<ThingsItem> CODEC = new UnionCodec<ThingsItem>() {
            @Override
            protected ThingsItem readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.hazard.shapes#tree" -> new Tree(Shapes.Tree.CODEC.readFields(reader));
                    case "com.example.hazard.shapes#empty" -> new Empty(Shapes.Empty.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, ThingsItem value) {
                if (value instanceof Tree variant) {
                    Shapes.Tree.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Empty variant) {
                    Shapes.Empty.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.hazard.shapes#tree}. */
        static ThingsItem of(Shapes.Tree value) {
            return new Tree(value);
        }

        /** Returns the variant {@code com.example.hazard.shapes#empty}. */
        static ThingsItem of(Shapes.Empty value) {
            return new Empty(value);
        }

        /** The variant {@code com.example.hazard.shapes#tree}. */
        record Tree(Shapes.Tree value) implements ThingsItem {}

        /** The variant {@code com.example.hazard.shapes#empty}. */
        record Empty(Shapes.Empty value) implements ThingsItem {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements ThingsItem {}
    }

    /** The object type {@code com.example.hazard.shapes#inline}. */
    public static final class InlineDef extends LexObject implements Buildable<InlineDef, InlineDef.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.hazard.shapes#inline";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<InlineDef, Builder> CODEC = new InlineDefCodec();

        private final Long z;

        private InlineDef(Long z, LexMap extra) {
            super(extra);
            this.z = z;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code z}: optional. */
        public @Nullable Long z() {
            return z;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {z};
        }

        /** Builds {@link InlineDef}. */
        public static final class Builder extends ObjectBuilder<InlineDef, Builder> {
            private Long z;

            private Builder() {}

            private Builder(InlineDef from) {
                super(from);
                this.z = from.z;
            }

            /** Sets {@code z}: optional. */
            public Builder z(@Nullable Long z) {
                this.z = z;
                return this;
            }

            /** Sets {@code z}. */
            public Builder z(long z) {
                return z((Long) z);
            }

            @Override
            public InlineDef build() {
                return new InlineDef(z, extra());
            }
        }

        private static final class InlineDefCodec extends ObjectCodec<InlineDef, Builder> {
            InlineDefCodec() {
                super("com.example.hazard.shapes#inline", "i", ObjectCodec.Typing.CHECKED, "z");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public InlineDef readFields(LexReader reader) {
                Long z = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> z = reader.readInteger();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new InlineDef(z, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, InlineDef value) {
                if (value.z != null) {
                    writer.name(fields(), 0);
                    writer.integer(value.z);
                }
            }
        }
    }
}
