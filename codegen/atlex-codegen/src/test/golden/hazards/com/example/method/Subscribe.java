// Generated from the lexicon com.example.method.subscribe. Do not edit.
package com.example.method;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.Subscription;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.UnionCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The subscription {@code com.example.method.subscribe}. */
public final class Subscribe {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.subscribe";

    /** The error {@code FutureCursor}, which the method declares. */
    public static final String ERROR_FUTURE_CURSOR = "FutureCursor";

    /**
     * The subscription {@code com.example.method.subscribe}. Declared errors:
     * {@link #ERROR_FUTURE_CURSOR}.
     */
    public static final Subscription<Params, Params.Builder, Message> SUBSCRIPTION = new Subscription<>(NSID,
            Params.CODEC, Message.CODEC, List.of(ERROR_FUTURE_CURSOR), "xrpc.v0.cbor");

    private Subscribe() {}

    /** The parameters of {@code com.example.method.subscribe}. All are optional. */
    public static final class Params extends LexObject implements Buildable<Params, Params.Builder> {
        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Params, Builder> CODEC = new ParamsCodec();

        private final Long cursor;

        private Params(Long cursor, LexMap extra) {
            super(extra);
            this.cursor = cursor;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code cursor}: optional. */
        public @Nullable Long cursor() {
            return cursor;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {cursor};
        }

        /** Builds {@link Params}. */
        public static final class Builder extends ObjectBuilder<Params, Builder> {
            private Long cursor;

            private Builder() {}

            private Builder(Params from) {
                super(from);
                this.cursor = from.cursor;
            }

            /** Sets {@code cursor}: optional. */
            public Builder cursor(@Nullable Long cursor) {
                this.cursor = cursor;
                return this;
            }

            /** Sets {@code cursor}. */
            public Builder cursor(long cursor) {
                return cursor((Long) cursor);
            }

            @Override
            public Params build() {
                return new Params(cursor, extra());
            }
        }

        private static final class ParamsCodec extends ObjectCodec<Params, Builder> {
            ParamsCodec() {
                super("com.example.method.subscribe parameters", "i", ObjectCodec.Typing.NONE,
                        "cursor");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Params readFields(LexReader reader) {
                Long cursor = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> cursor = reader.readInteger();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new Params(cursor, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Params value) {
                if (value.cursor != null) {
                    writer.name(fields(), 0);
                    writer.integer(value.cursor);
                }
            }
        }
    }

    /** The open union at {@code com.example.method.subscribe message}. */
    public sealed interface Message {
        /** Reads and writes values of this union. */
        Codec<Message> CODEC = new UnionCodec<Message>() {
            @Override
            protected Message readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.method.subscribe#commit" -> new Commit(Subscribe.Commit.CODEC.readFields(reader));
                    case "com.example.method.subscribe#message" -> new MessageDef(Subscribe.MessageDef.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, Message value) {
                if (value instanceof Commit variant) {
                    Subscribe.Commit.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof MessageDef variant) {
                    Subscribe.MessageDef.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.method.subscribe#commit}. */
        static Message of(Subscribe.Commit value) {
            return new Commit(value);
        }

        /** Returns the variant {@code com.example.method.subscribe#message}. */
        static Message of(Subscribe.MessageDef value) {
            return new MessageDef(value);
        }

        /** The variant {@code com.example.method.subscribe#commit}. */
        record Commit(Subscribe.Commit value) implements Message {}

        /** The variant {@code com.example.method.subscribe#message}. */
        record MessageDef(Subscribe.MessageDef value) implements Message {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements Message {}
    }

    /** The object type {@code com.example.method.subscribe#commit}. */
    public static final class Commit extends LexObject implements Buildable<Commit, Commit.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.method.subscribe#commit";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<Commit, Builder> CODEC = new CommitCodec();

        private final long seq;

        private Commit(long seq, LexMap extra) {
            super(extra);
            this.seq = seq;
        }

        /** Returns an empty builder. */
        public static Builder builder() {
            return new Builder();
        }

        @Override
        public Builder toBuilder() {
            return new Builder(this);
        }

        /** Returns {@code seq}: required. */
        public long seq() {
            return seq;
        }

        @Override
        protected ObjectSchema<?, ?> codec() {
            return CODEC;
        }

        @Override
        protected Object[] fieldValues() {
            return new Object[] {seq};
        }

        /** Builds {@link Commit}. */
        public static final class Builder extends ObjectBuilder<Commit, Builder> {
            private Long seq;

            private Builder() {}

            private Builder(Commit from) {
                super(from);
                this.seq = from.seq;
            }

            /** Sets {@code seq}: required. */
            public Builder seq(long seq) {
                this.seq = seq;
                return this;
            }

            @Override
            public Commit build() {
                return new Commit(required(seq, "seq", CODEC.type()), extra());
            }
        }

        private static final class CommitCodec extends ObjectCodec<Commit, Builder> {
            CommitCodec() {
                super("com.example.method.subscribe#commit", "i", ObjectCodec.Typing.CHECKED,
                        "seq");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public Commit readFields(LexReader reader) {
                long seq = 0;
                boolean hasSeq = false;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> {
                            seq = reader.readInteger();
                            hasSeq = true;
                        }
                        default -> extra = keep(reader, extra);
                    }
                }
                if (reader.validating()) {
                    if (!hasSeq) {
                        throw reader.missing("seq");
                    }
                }
                return new Commit(seq, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, Commit value) {
                writer.name(fields(), 0);
                writer.integer(value.seq);
            }
        }
    }

    /** The object type {@code com.example.method.subscribe#message}. */
    public static final class MessageDef extends LexObject implements Buildable<MessageDef, MessageDef.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.method.subscribe#message";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<MessageDef, Builder> CODEC = new MessageDefCodec();

        private MessageDef(LexMap extra) {
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

        /** Builds {@link MessageDef}. */
        public static final class Builder extends ObjectBuilder<MessageDef, Builder> {
            private Builder() {}

            private Builder(MessageDef from) {
                super(from);
            }

            @Override
            public MessageDef build() {
                return new MessageDef(extra());
            }
        }

        private static final class MessageDefCodec extends ObjectCodec<MessageDef, Builder> {
            MessageDefCodec() {
                super("com.example.method.subscribe#message", "", ObjectCodec.Typing.CHECKED);
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public MessageDef readFields(LexReader reader) {
                LexMap.Builder extra = null;
                while (reader.nextField(fields()) != LexReader.END) {
                    extra = keep(reader, extra);
                }
                return new MessageDef(kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, MessageDef value) {}
        }
    }
}
