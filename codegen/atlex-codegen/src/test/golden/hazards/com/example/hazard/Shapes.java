// Generated from the lexicon com.example.hazard.shapes. Changes here would be lost.
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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** An object of {@code com.example.hazard.shapes}. */
public final class Shapes extends LexObject implements Buildable<Shapes, Shapes.Builder> {
    /** The definition's full name, as {@code $type} says it. */
    public static final String TYPE = "com.example.hazard.shapes";

    /** Reads and writes such objects. */
    public static final ObjectCodec<Shapes, Builder> CODEC = new ShapesCodec();

    /** A known value of {@code level}. */
    public static final String LEVEL_LOW = "low";

    /** A known value of {@code level}. */
    public static final String LEVEL_HIGH = "high";

    /**
     * The token {@code com.example.hazard.shapes#token}.
     *
     * <p>A token.
     */
    public static final String TOKEN = "com.example.hazard.shapes#token";

    private final @Nullable List<List<Long>> matrix;
    private final @Nullable List<List<List<String>>> cube;
    private final @Nullable Inline inline;
    private final @Nullable List<ItemsItem> items;
    private final @Nullable List<List<DeepItemItem>> deep;
    private final @Nullable Empty empty;
    private final @Nullable Tree tree;
    private final @Nullable List<String> list;
    private final @Nullable List<ThingsItem> things;
    private final @Nullable List<List<String>> lists;
    private final @Nullable String level;
    private final @Nullable List<String> levels;
    private final @Nullable String token;
    private final @Nullable Long size;
    private final @Nullable LexMap any;
    private final @Nullable List<LexMap> anys;

    private Shapes(@Nullable List<List<Long>> matrix, @Nullable List<List<List<String>>> cube,
            @Nullable Inline inline, @Nullable List<ItemsItem> items,
            @Nullable List<List<DeepItemItem>> deep, @Nullable Empty empty, @Nullable Tree tree,
            @Nullable List<String> list, @Nullable List<ThingsItem> things,
            @Nullable List<List<String>> lists, @Nullable String level,
            @Nullable List<String> levels, @Nullable String token, @Nullable Long size,
            @Nullable LexMap any, @Nullable List<LexMap> anys, @Nullable LexMap extra) {
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

    /** A builder with nothing set. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** {@code matrix}: optional, at least 1 elements, each at most 3 elements, each each at least 0. */
    public @Nullable List<List<Long>> matrix() {
        return matrix;
    }

    /** {@code cube}: optional. */
    public @Nullable List<List<List<String>>> cube() {
        return cube;
    }

    /** {@code inline}: optional. */
    public @Nullable Inline inline() {
        return inline;
    }

    /** {@code items}: optional. */
    public @Nullable List<ItemsItem> items() {
        return items;
    }

    /** {@code deep}: optional. */
    public @Nullable List<List<DeepItemItem>> deep() {
        return deep;
    }

    /** {@code empty}: optional. */
    public @Nullable Empty empty() {
        return empty;
    }

    /** {@code tree}: optional. */
    public @Nullable Tree tree() {
        return tree;
    }

    /** {@code list}: optional, at most 2 elements, each at most 5 bytes of UTF-8. */
    public @Nullable List<String> list() {
        return list;
    }

    /** {@code things}: optional. */
    public @Nullable List<ThingsItem> things() {
        return things;
    }

    /** {@code lists}: optional. */
    public @Nullable List<List<String>> lists() {
        return lists;
    }

    /**
     * {@code level}: optional, by default {@code low}, at most 4 bytes of UTF-8, known values {@code low}, {@code high}.
     */
    public String level() {
        return level == null ? "low" : level;
    }

    /** {@code levels}: optional. */
    public @Nullable List<String> levels() {
        return levels;
    }

    /** {@code token}: optional. */
    public @Nullable String token() {
        return token;
    }

    /** {@code size}: optional, at least 1, at most 9. */
    public @Nullable Long size() {
        return size;
    }

    /** {@code any}: optional. */
    public @Nullable LexMap any() {
        return any;
    }

    /** {@code anys}: optional. */
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

    /** Makes {@link Shapes}. */
    public static final class Builder extends ObjectBuilder<Shapes, Builder> {
        private @Nullable List<List<Long>> matrix;
        private @Nullable List<List<List<String>>> cube;
        private @Nullable Inline inline;
        private @Nullable List<ItemsItem> items;
        private @Nullable List<List<DeepItemItem>> deep;
        private @Nullable Empty empty;
        private @Nullable Tree tree;
        private @Nullable List<String> list;
        private @Nullable List<ThingsItem> things;
        private @Nullable List<List<String>> lists;
        private @Nullable String level;
        private @Nullable List<String> levels;
        private @Nullable String token;
        private @Nullable Long size;
        private @Nullable LexMap any;
        private @Nullable List<LexMap> anys;

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

        /** {@code matrix}: optional, at least 1 elements, each at most 3 elements, each each at least 0. */
        public Builder matrix(@Nullable List<List<Long>> matrix) {
            this.matrix = matrix == null ? null : matrix.stream().map(List::copyOf).toList();
            return this;
        }

        /** {@code cube}: optional. */
        public Builder cube(@Nullable List<List<List<String>>> cube) {
            this.cube = cube == null ? null : cube.stream().map(inner_3 -> inner_3.stream().map(List::copyOf).toList()).toList();
            return this;
        }

        /** {@code inline}: optional. */
        public Builder inline(@Nullable Inline inline) {
            this.inline = inline;
            return this;
        }

        /** {@code items}: optional. */
        public Builder items(@Nullable List<ItemsItem> items) {
            this.items = items == null ? null : List.copyOf(items);
            return this;
        }

        /** {@code deep}: optional. */
        public Builder deep(@Nullable List<List<DeepItemItem>> deep) {
            this.deep = deep == null ? null : deep.stream().map(List::copyOf).toList();
            return this;
        }

        /** {@code empty}: optional. */
        public Builder empty(@Nullable Empty empty) {
            this.empty = empty;
            return this;
        }

        /** {@code tree}: optional. */
        public Builder tree(@Nullable Tree tree) {
            this.tree = tree;
            return this;
        }

        /** {@code list}: optional, at most 2 elements, each at most 5 bytes of UTF-8. */
        public Builder list(@Nullable List<String> list) {
            this.list = list == null ? null : List.copyOf(list);
            return this;
        }

        /** {@code things}: optional. */
        public Builder things(@Nullable List<ThingsItem> things) {
            this.things = things == null ? null : List.copyOf(things);
            return this;
        }

        /** {@code lists}: optional. */
        public Builder lists(@Nullable List<List<String>> lists) {
            this.lists = lists == null ? null : lists.stream().map(List::copyOf).toList();
            return this;
        }

        /**
         * {@code level}: optional, by default {@code low}, at most 4 bytes of UTF-8, known values {@code low}, {@code high}.
         */
        public Builder level(@Nullable String level) {
            this.level = level;
            return this;
        }

        /** {@code levels}: optional. */
        public Builder levels(@Nullable List<String> levels) {
            this.levels = levels == null ? null : List.copyOf(levels);
            return this;
        }

        /** {@code token}: optional. */
        public Builder token(@Nullable String token) {
            this.token = token;
            return this;
        }

        /** {@code size}: optional, at least 1, at most 9. */
        public Builder size(@Nullable Long size) {
            this.size = size;
            return this;
        }

        /** {@code any}: optional. */
        public Builder any(@Nullable LexMap any) {
            this.any = any;
            return this;
        }

        /** {@code anys}: optional. */
        public Builder anys(@Nullable List<LexMap> anys) {
            this.anys = anys == null ? null : List.copyOf(anys);
            return this;
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

    /** The objects at {@code com.example.hazard.shapes.inline}. */
    public static final class Inline extends LexObject implements Buildable<Inline, Inline.Builder> {
        /** Reads and writes such objects. */
        public static final ObjectCodec<Inline, Builder> CODEC = new InlineCodec();

        private final @Nullable InlineObject inline;
        private final @Nullable String y;

        private Inline(@Nullable InlineObject inline, @Nullable String y, @Nullable LexMap extra) {
            super(extra);
            this.inline = inline;
            this.y = y;
        }

        /** A builder with nothing set. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** {@code inline}: optional. */
        public @Nullable InlineObject inline() {
            return inline;
        }

        /** {@code y}: optional. */
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

        /** Makes {@link Inline}. */
        public static final class Builder extends ObjectBuilder<Inline, Builder> {
            private @Nullable InlineObject inline;
            private @Nullable String y;

            private Builder() {}

            private Builder(Inline from) {
                super(from);
                this.inline = from.inline;
                this.y = from.y;
            }

            /** {@code inline}: optional. */
            public Builder inline(@Nullable InlineObject inline) {
                this.inline = inline;
                return this;
            }

            /** {@code y}: optional. */
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

        /** The objects at {@code com.example.hazard.shapes.inline.inline}. */
        public static final class InlineObject extends LexObject implements Buildable<InlineObject, InlineObject.Builder> {
            /** Reads and writes such objects. */
            public static final ObjectCodec<InlineObject, Builder> CODEC = new InlineObjectCodec();

            private final long x;

            private InlineObject(long x, @Nullable LexMap extra) {
                super(extra);
                this.x = x;
            }

            /** A builder with nothing set. */
            public static Builder builder() {
                return new Builder();
            }

            @Override
            public Builder toBuilder() {
                return new Builder(this);
            }

            /** {@code x}: required. */
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

            /** Makes {@link InlineObject}. */
            public static final class Builder extends ObjectBuilder<InlineObject, Builder> {
                private @Nullable Long x;

                private Builder() {}

                private Builder(InlineObject from) {
                    super(from);
                    this.x = from.x;
                }

                /** {@code x}: required. */
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

    /** The objects at {@code com.example.hazard.shapes.items[]}. */
    public static final class ItemsItem extends LexObject implements Buildable<ItemsItem, ItemsItem.Builder> {
        /** Reads and writes such objects. */
        public static final ObjectCodec<ItemsItem, Builder> CODEC = new ItemsItemCodec();

        private final @Nullable Long x;

        private ItemsItem(@Nullable Long x, @Nullable LexMap extra) {
            super(extra);
            this.x = x;
        }

        /** A builder with nothing set. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** {@code x}: optional. */
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

        /** Makes {@link ItemsItem}. */
        public static final class Builder extends ObjectBuilder<ItemsItem, Builder> {
            private @Nullable Long x;

            private Builder() {}

            private Builder(ItemsItem from) {
                super(from);
                this.x = from.x;
            }

            /** {@code x}: optional. */
            public Builder x(@Nullable Long x) {
                this.x = x;
                return this;
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

    /** The open union of {@code com.example.hazard.shapes.deep[][]}. */
    public sealed interface DeepItemItem {
        /** Reads and writes such values. */
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

        /** The variant {@code com.example.hazard.shapes#empty}. */
        static DeepItemItem of(Shapes.Empty value) {
            return new Empty(value);
        }

        /** The variant {@code com.example.hazard.shapes#tree}. */
        static DeepItemItem of(Shapes.Tree value) {
            return new Tree(value);
        }

        /** {@code com.example.hazard.shapes#empty}. */
        record Empty(Shapes.Empty value) implements DeepItemItem {}

        /** {@code com.example.hazard.shapes#tree}. */
        record Tree(Shapes.Tree value) implements DeepItemItem {}

        /**
         * A variant that was not known when this was generated.
         *
         * @param type its {@code $type}
         * @param value all of it, {@code $type} included
         */
        record Unknown(String type, LexMap value) implements DeepItemItem {}
    }

    /** An object of {@code com.example.hazard.shapes#empty}. */
    public static final class Empty extends LexObject implements Buildable<Empty, Empty.Builder> {
        /** The definition's full name, as {@code $type} says it. */
        public static final String TYPE = "com.example.hazard.shapes#empty";

        /** Reads and writes such objects. */
        public static final ObjectCodec<Empty, Builder> CODEC = new EmptyCodec();

        private Empty(@Nullable LexMap extra) {
            super(extra);
        }

        /** A builder with nothing set. */
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

        /** Makes {@link Empty}. */
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

    /** An object of {@code com.example.hazard.shapes#tree}. */
    public static final class Tree extends LexObject implements Buildable<Tree, Tree.Builder> {
        /** The definition's full name, as {@code $type} says it. */
        public static final String TYPE = "com.example.hazard.shapes#tree";

        /** Reads and writes such objects. */
        public static final ObjectCodec<Tree, Builder> CODEC = new TreeCodec();

        private final @Nullable Tree left;
        private final @Nullable Tree right;
        private final @Nullable List<Tree> children;
        private final @Nullable Leaf leaf;

        private Tree(@Nullable Tree left, @Nullable Tree right, @Nullable List<Tree> children,
                @Nullable Leaf leaf, @Nullable LexMap extra) {
            super(extra);
            this.left = left;
            this.right = right;
            this.children = children;
            this.leaf = leaf;
        }

        /** A builder with nothing set. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** {@code left}: optional. */
        public @Nullable Tree left() {
            return left;
        }

        /** {@code right}: optional. */
        public @Nullable Tree right() {
            return right;
        }

        /** {@code children}: optional. */
        public @Nullable List<Tree> children() {
            return children;
        }

        /** {@code leaf}: optional. */
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

        /** Makes {@link Tree}. */
        public static final class Builder extends ObjectBuilder<Tree, Builder> {
            private @Nullable Tree left;
            private @Nullable Tree right;
            private @Nullable List<Tree> children;
            private @Nullable Leaf leaf;

            private Builder() {}

            private Builder(Tree from) {
                super(from);
                this.left = from.left;
                this.right = from.right;
                this.children = from.children;
                this.leaf = from.leaf;
            }

            /** {@code left}: optional. */
            public Builder left(@Nullable Tree left) {
                this.left = left;
                return this;
            }

            /** {@code right}: optional. */
            public Builder right(@Nullable Tree right) {
                this.right = right;
                return this;
            }

            /** {@code children}: optional. */
            public Builder children(@Nullable List<Tree> children) {
                this.children = children == null ? null : List.copyOf(children);
                return this;
            }

            /** {@code leaf}: optional. */
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

    /** An object of {@code com.example.hazard.shapes#leaf}. */
    public static final class Leaf extends LexObject implements Buildable<Leaf, Leaf.Builder> {
        /** The definition's full name, as {@code $type} says it. */
        public static final String TYPE = "com.example.hazard.shapes#leaf";

        /** Reads and writes such objects. */
        public static final ObjectCodec<Leaf, Builder> CODEC = new LeafCodec();

        private final @Nullable Of of;

        private Leaf(@Nullable Of of, @Nullable LexMap extra) {
            super(extra);
            this.of = of;
        }

        /** A builder with nothing set. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** {@code of}: optional. */
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

        /** Makes {@link Leaf}. */
        public static final class Builder extends ObjectBuilder<Leaf, Builder> {
            private @Nullable Of of;

            private Builder() {}

            private Builder(Leaf from) {
                super(from);
                this.of = from.of;
            }

            /** {@code of}: optional. */
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

        /** The open union of {@code com.example.hazard.shapes#leaf.of}. */
        public sealed interface Of {
            /** Reads and writes such values. */
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

            /** The variant {@code com.example.hazard.shapes#tree}. */
            static Of of(Shapes.Tree value) {
                return new Tree(value);
            }

            /** The variant {@code com.example.hazard.shapes#leaf}. */
            static Of of(Leaf value) {
                return new HazardLeaf(value);
            }

            /** {@code com.example.hazard.shapes#tree}. */
            record Tree(Shapes.Tree value) implements Of {}

            /** {@code com.example.hazard.shapes#leaf}. */
            record HazardLeaf(Leaf value) implements Of {}

            /**
             * A variant that was not known when this was generated.
             *
             * @param type its {@code $type}
             * @param value all of it, {@code $type} included
             */
            record Unknown(String type, LexMap value) implements Of {}
        }
    }

    /** The open union of {@code com.example.hazard.shapes#things[]}. */
    public sealed interface ThingsItem {
        /** Reads and writes such values. */
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

        /** The variant {@code com.example.hazard.shapes#tree}. */
        static ThingsItem of(Shapes.Tree value) {
            return new Tree(value);
        }

        /** The variant {@code com.example.hazard.shapes#empty}. */
        static ThingsItem of(Shapes.Empty value) {
            return new Empty(value);
        }

        /** {@code com.example.hazard.shapes#tree}. */
        record Tree(Shapes.Tree value) implements ThingsItem {}

        /** {@code com.example.hazard.shapes#empty}. */
        record Empty(Shapes.Empty value) implements ThingsItem {}

        /**
         * A variant that was not known when this was generated.
         *
         * @param type its {@code $type}
         * @param value all of it, {@code $type} included
         */
        record Unknown(String type, LexMap value) implements ThingsItem {}
    }

    /** An object of {@code com.example.hazard.shapes#inline}. */
    public static final class InlineDef extends LexObject implements Buildable<InlineDef, InlineDef.Builder> {
        /** The definition's full name, as {@code $type} says it. */
        public static final String TYPE = "com.example.hazard.shapes#inline";

        /** Reads and writes such objects. */
        public static final ObjectCodec<InlineDef, Builder> CODEC = new InlineDefCodec();

        private final @Nullable Long z;

        private InlineDef(@Nullable Long z, @Nullable LexMap extra) {
            super(extra);
            this.z = z;
        }

        /** A builder with nothing set. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** {@code z}: optional. */
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

        /** Makes {@link InlineDef}. */
        public static final class Builder extends ObjectBuilder<InlineDef, Builder> {
            private @Nullable Long z;

            private Builder() {}

            private Builder(InlineDef from) {
                super(from);
                this.z = from.z;
            }

            /** {@code z}: optional. */
            public Builder z(@Nullable Long z) {
                this.z = z;
                return this;
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
