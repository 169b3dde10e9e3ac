// Generated from the lexicon com.example.journal.follow. Do not edit.
package com.example.journal;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.Subscription;
import dev.atlex.schema.Unit;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.UnionCodec;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Streams pages as they are written.
 *
 * <p>The subscription {@code com.example.journal.follow}.
 */
public final class Follow {
    /** The method's NSID. */
    public static final String NSID = "com.example.journal.follow";

    /**
     * Streams pages as they are written.
     *
     * <p>The subscription {@code com.example.journal.follow}.
     */
    public static final Subscription<Unit, Unit.Builder, Message> SUBSCRIPTION = new Subscription<>(NSID,
            Unit.CODEC, Message.CODEC, List.of(), "xrpc.v1.json");

    private Follow() {}

    /**
     * A page, or the end of the journal.
     *
     * <p>The open union at {@code com.example.journal.follow message}.
     */
    public sealed interface Message {
        /** Reads and writes values of this union. */
        Codec<Message> CODEC = new UnionCodec<Message>() {
            @Override
            protected Message readVariant(String type, LexReader reader) {
                return switch (type) {
                    case "com.example.journal.entry" -> new Entry(com.example.journal.Entry.CODEC.readFields(reader));
                    case "com.example.journal.follow#end" -> new End(Follow.End.CODEC.readFields(reader));
                    default -> new Unknown(type, unknown(type, reader));
                };
            }

            @Override
            public void write(LexWriter writer, Message value) {
                if (value instanceof Entry variant) {
                    com.example.journal.Entry.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof End variant) {
                    Follow.End.CODEC.writeTyped(writer, variant.value());
                } else if (value instanceof Unknown variant) {
                    writer.value(variant.value());
                }
            }
        };

        /** Returns the variant {@code com.example.journal.entry}. */
        static Message of(com.example.journal.Entry value) {
            return new Entry(value);
        }

        /** Returns the variant {@code com.example.journal.follow#end}. */
        static Message of(Follow.End value) {
            return new End(value);
        }

        /** The variant {@code com.example.journal.entry}. */
        record Entry(com.example.journal.Entry value) implements Message {}

        /** The variant {@code com.example.journal.follow#end}. */
        record End(Follow.End value) implements Message {}

        /**
         * A variant that is unknown to this version of the generated code.
         *
         * @param type its {@code $type}
         * @param value the whole object, including {@code $type}
         */
        record Unknown(String type, LexMap value) implements Message {}
    }

    /**
     * The last event of a stream.
     *
     * <p>The object type {@code com.example.journal.follow#end}.
     */
    public static final class End extends LexObject implements Buildable<End, End.Builder> {
        /** The definition's full name: the value of {@code $type}. */
        public static final String TYPE = "com.example.journal.follow#end";

        /** Reads and writes objects of this type. */
        public static final ObjectCodec<End, Builder> CODEC = new EndCodec();

        private final Long seq;

        private End(Long seq, LexMap extra) {
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

        /**
         * Position in the stream.
         *
         * <p>Optional.
         */
        public @Nullable Long seq() {
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

        /** Builds {@link End}. */
        public static final class Builder extends ObjectBuilder<End, Builder> {
            private Long seq;

            private Builder() {}

            private Builder(End from) {
                super(from);
                this.seq = from.seq;
            }

            /**
             * Position in the stream.
             *
             * <p>Optional.
             */
            public Builder seq(@Nullable Long seq) {
                this.seq = seq;
                return this;
            }

            /**
             * Position in the stream.
             *
             * <p>Sets {@code seq}.
             */
            public Builder seq(long seq) {
                return seq((Long) seq);
            }

            @Override
            public End build() {
                return new End(seq, extra());
            }
        }

        private static final class EndCodec extends ObjectCodec<End, Builder> {
            EndCodec() {
                super("com.example.journal.follow#end", "i", ObjectCodec.Typing.CHECKED, "seq");
            }

            @Override
            public Builder newBuilder() {
                return new Builder();
            }

            @Override
            public End readFields(LexReader reader) {
                Long seq = null;
                LexMap.Builder extra = null;
                int field;
                while ((field = reader.nextField(fields())) != LexReader.END) {
                    switch (field) {
                        case 0 -> seq = reader.readInteger();
                        default -> extra = keep(reader, extra);
                    }
                }
                return new End(seq, kept(extra));
            }

            @Override
            protected void writeFields(LexWriter writer, End value) {
                if (value.seq != null) {
                    writer.name(fields(), 0);
                    writer.integer(value.seq);
                }
            }
        }
    }
}
