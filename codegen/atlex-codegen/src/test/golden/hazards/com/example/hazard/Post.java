// Generated from the lexicon com.example.hazard.post. Do not edit.
package com.example.hazard;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.RecordType;
import dev.atlex.schema.generated.Codecs;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.ObjectCodec;
import dev.atlex.schema.generated.StringRule;
import dev.atlex.syntax.Datetime;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A post.
 *
 * <p>The record type {@code com.example.hazard.post}. Use {@link #RECORD} to create, read and list
 * records.
 */
public final class Post extends LexObject implements Buildable<Post, Post.Builder> {
    /** The definition's full name: the value of {@code $type}. */
    public static final String TYPE = "com.example.hazard.post";

    /** Reads and writes objects of this type. */
    public static final ObjectCodec<Post, Builder> CODEC = new PostCodec();

    /** A known value of {@code status}. */
    public static final String STATUS_DRAFT = "draft";

    /** A known value of {@code status}. */
    public static final String STATUS_COM_EXAMPLE_HAZARD_POST_DRAFT = "com.example.hazard.post#draft";

    /** A known value of {@code status}. */
    public static final String STATUS_COM_EXAMPLE_HAZARD_CONSTANTS_DRAFT = "com.example.hazard.constants#draft";

    /** A known value of {@code status}. */
    public static final String STATUS_HIDE = "!hide";

    /** A known value of {@code status}. */
    public static final String STATUS_A_B = "a-b";

    /** A known value of {@code status}. */
    public static final String STATUS_A_B_ = "a_b";

    /** A known value of {@code status}. */
    public static final String STATUS_EMPTY = "";

    /** A known value of {@code tags}. */
    public static final String TAGS_X = "x";

    /**
     * The record type {@code com.example.hazard.post}, for creating, reading and listing records. Record
     * keys are of type {@code tid}.
     */
    public static final RecordType<Post, Builder> RECORD = new RecordType<>(CODEC, "tid");

    /** A known value of {@code status}. */
    public static final String STATUS_DRAFT_ = "draft";

    /** A known value of {@code status}. */
    public static final String STATUS_DONE = "done";

    /**
     * Not yet.
     *
     * <p>The token {@code com.example.hazard.post#statusDraft}.
     */
    public static final String STATUS_DRAFT__ = "com.example.hazard.post#statusDraft";

    /** The token {@code com.example.hazard.post#record}. */
    public static final String RECORD_ = "com.example.hazard.post#record";

    private final String text;
    private final Datetime createdAt;
    private final String status;
    private final List<String> tags;

    private Post(String text, Datetime createdAt, String status, List<String> tags, LexMap extra) {
        super(extra);
        this.text = text;
        this.createdAt = createdAt;
        this.status = status;
        this.tags = tags;
    }

    /** Returns an empty builder. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public Builder toBuilder() {
        return new Builder(this);
    }

    /** Returns {@code text}: required, 1 to 30 UTF-8 bytes, 1 to 10 graphemes. */
    public String text() {
        return text;
    }

    /** Returns {@code createdAt}: required, format {@code datetime}. */
    public Datetime createdAt() {
        return createdAt;
    }

    /**
     * Returns {@code status}: optional, known values {@code draft}, {@code com.example.hazard.post#draft},
     * {@code com.example.hazard.constants#draft}, {@code !hide}, {@code a-b}, {@code a_b}, {@code ""}.
     */
    public @Nullable String status() {
        return status;
    }

    /** Returns {@code tags}: optional, at most 2 elements, each element: known values {@code x}. */
    public @Nullable List<String> tags() {
        return tags;
    }

    @Override
    protected ObjectSchema<?, ?> codec() {
        return CODEC;
    }

    @Override
    protected Object[] fieldValues() {
        return new Object[] {text, createdAt, status, tags};
    }

    /** Builds {@link Post}. */
    public static final class Builder extends ObjectBuilder<Post, Builder> {
        private String text;
        private Datetime createdAt;
        private String status;
        private List<String> tags;

        private Builder() {}

        private Builder(Post from) {
            super(from);
            this.text = from.text;
            this.createdAt = from.createdAt;
            this.status = from.status;
            this.tags = from.tags;
        }

        /** Sets {@code text}: required, 1 to 30 UTF-8 bytes, 1 to 10 graphemes. */
        public Builder text(String text) {
            this.text = text;
            return this;
        }

        /** Sets {@code createdAt}: required, format {@code datetime}. */
        public Builder createdAt(Datetime createdAt) {
            this.createdAt = createdAt;
            return this;
        }

        /**
         * Sets {@code createdAt} by parsing a string.
         *
         * @throws InvalidSyntaxException if the syntax is invalid
         */
        public Builder createdAt(String createdAt) {
            return createdAt(Datetime.of(createdAt));
        }

        /** Sets {@code createdAt} to an instant, truncated to milliseconds. */
        public Builder createdAt(Instant createdAt) {
            return createdAt(Datetime.of(createdAt));
        }

        /**
         * Sets {@code status}: optional, known values {@code draft}, {@code com.example.hazard.post#draft},
         * {@code com.example.hazard.constants#draft}, {@code !hide}, {@code a-b}, {@code a_b}, {@code ""}.
         */
        public Builder status(@Nullable String status) {
            this.status = status;
            return this;
        }

        /** Sets {@code tags}: optional, at most 2 elements, each element: known values {@code x}. */
        public Builder tags(@Nullable Collection<String> tags) {
            this.tags = ListRule.copy(tags);
            return this;
        }

        /** Sets {@code tags} to these elements. */
        public Builder tags(String... tags) {
            return tags(List.of(tags));
        }

        @Override
        public Post build() {
            return new Post(required(text, "text", CODEC.type()),
                    required(createdAt, "createdAt", CODEC.type()), status, tags, extra());
        }
    }

    private static final class PostCodec extends ObjectCodec<Post, Builder> {
        private static final StringRule TEXT = StringRule.ANY.minLength(1).maxLength(30).minGraphemes(1).maxGraphemes(10);

        private static final ListRule TAGS = ListRule.ANY.maxLength(2);

        PostCodec() {
            super("com.example.hazard.post", "sssa", ObjectCodec.Typing.REQUIRED, "text",
                    "createdAt", "status", "tags");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Post readFields(LexReader reader) {
            String text = null;
            Datetime createdAt = null;
            String status = null;
            List<String> tags = null;
            LexMap.Builder extra = null;
            int field;
            while ((field = reader.nextField(fields())) != LexReader.END) {
                switch (field) {
                    case 0 -> text = TEXT.read(reader);
                    case 1 -> createdAt = Codecs.DATETIME.read(reader);
                    case 2 -> status = reader.readString();
                    case 3 -> tags = TAGS.read(reader, StringRule.ANY);
                    default -> extra = keep(reader, extra);
                }
            }
            if (reader.validating()) {
                if (text == null) {
                    throw reader.missing("text");
                }
                if (createdAt == null) {
                    throw reader.missing("createdAt");
                }
            }
            return new Post(text, createdAt, status, tags, kept(extra));
        }

        @Override
        protected void writeFields(LexWriter writer, Post value) {
            if (value.text != null) {
                writer.name(fields(), 0);
                writer.string(value.text);
            }
            if (value.createdAt != null) {
                writer.name(fields(), 1);
                Codecs.DATETIME.write(writer, value.createdAt);
            }
            if (value.status != null) {
                writer.name(fields(), 2);
                writer.string(value.status);
            }
            if (value.tags != null) {
                writer.name(fields(), 3);
                ListRule.write(writer, value.tags, StringRule.ANY);
            }
        }
    }
}
