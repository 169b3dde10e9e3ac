package dev.atlex.client;

import dev.atlex.data.BlobRef;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.ObjectSchema;
import dev.atlex.schema.RecordType;
import dev.atlex.schema.generated.ObjectCodec;
import org.jspecify.annotations.Nullable;

/** A record class like those that the generator creates: {@code text} of 10 characters at most, and a {@code picture}. */
final class Note extends LexObject implements Buildable<Note, Note.Builder> {
    static final ObjectCodec<Note, Builder> CODEC = new NoteCodec();
    static final RecordType<Note, Builder> TID = new RecordType<>(CODEC, "tid");
    static final RecordType<Note, Builder> ANY = new RecordType<>(CODEC, "any");
    static final RecordType<Note, Builder> BY_NSID = new RecordType<>(CODEC, "nsid");
    static final RecordType<Note, Builder> SELF = new RecordType<>(CODEC, "literal:self");

    private final String text;
    private final @Nullable BlobRef picture;

    private Note(String text, @Nullable BlobRef picture, @Nullable LexMap extra) {
        super(extra);
        this.text = text;
        this.picture = picture;
    }

    static Note of(String text) {
        return new Builder().text(text).build();
    }

    String text() {
        return text;
    }

    @Nullable
    BlobRef picture() {
        return picture;
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
    protected @Nullable Object[] fieldValues() {
        return new @Nullable Object[] {text, picture};
    }

    static final class Builder extends ObjectBuilder<Note, Builder> {
        private @Nullable String text;
        private @Nullable BlobRef picture;

        private Builder() {}

        private Builder(Note from) {
            super(from);
            text = from.text;
            picture = from.picture;
        }

        Builder text(String text) {
            this.text = text;
            return this;
        }

        Builder picture(BlobRef picture) {
            this.picture = picture;
            return this;
        }

        @Override
        public Note build() {
            return new Note(required(text, "text", "com.example.note"), picture, extra());
        }
    }

    private static final class NoteCodec extends ObjectCodec<Note, Builder> {
        NoteCodec() {
            super("com.example.note", Typing.REQUIRED, "text", "picture");
        }

        @Override
        public Builder newBuilder() {
            return new Builder();
        }

        @Override
        public Note readFields(LexReader reader) {
            String text = null;
            BlobRef picture = null;
            LexMap.@Nullable Builder extra = null;
            for (int field = reader.nextField(fields()); field != LexReader.END; field = reader.nextField(fields())) {
                switch (field) {
                    case 0 -> text = text(reader);
                    case 1 -> picture = BlobRef.read(reader);
                    default -> extra = keep(reader, extra);
                }
            }
            if (text == null) {
                throw reader.missing("text");
            }
            return new Note(text, picture, kept(extra));
        }

        private static String text(LexReader reader) {
            String text = reader.readString();
            if (reader.validating() && text.length() > 10) {
                throw reader.invalid("maxLength", "at most 10", String.valueOf(text.length()));
            }
            return text;
        }

        @Override
        protected void writeFields(LexWriter writer, Note value) {
            writer.name(fields(), 0);
            writer.string(value.text);
            if (value.picture != null) {
                writer.name(fields(), 1);
                value.picture.write(writer);
            }
        }
    }
}
