package dev.atlex.data;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.StreamWriteConstraints;
import tools.jackson.core.StreamWriteFeature;
import tools.jackson.core.TokenStreamContext;
import tools.jackson.core.exc.StreamWriteException;
import tools.jackson.core.io.SerializedString;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** {@link LexWriter} of JSON text, on jackson-core's generator. */
final class JsonWriter extends LexWriter {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .enable(StreamWriteFeature.USE_FAST_DOUBLE_WRITER) // the shortest form, on every JDK
            .streamWriteConstraints(StreamWriteConstraints.builder()
                    .maxNestingDepth(ReadOptions.MAX_DEPTH + 1) // bytes and links are maps to the generator
                    .build())
            .build();

    private final JsonGenerator generator;
    private int depth;

    /** Whether a name waits for its value, of which the generator does not remind at the end of a map. */
    private boolean named;

    private JsonWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    static byte[] write(Consumer<? super LexWriter> body) {
        try (ByteArrayBuilder out = new ByteArrayBuilder()) {
            try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
                body.accept(new JsonWriter(generator));
                TokenStreamContext context = generator.streamWriteContext();
                if (!context.inRoot() || context.getEntryCount() != 1) {
                    throw new IllegalStateException("not exactly one value was written");
                }
            } catch (StreamWriteException e) {
                throw new IllegalStateException(e.getOriginalMessage(), e);
            }
            return out.toByteArray();
        }
    }

    private void enter() {
        named = false;
        if (depth == ReadOptions.MAX_DEPTH) {
            throw new LexDataException("$", "nested deeper than " + ReadOptions.MAX_DEPTH);
        }
        depth++;
    }

    @Override
    public void beginMap() {
        enter();
        generator.writeStartObject();
    }

    @Override
    public void endMap() {
        if (named) {
            throw new IllegalStateException("a name without a value");
        }
        depth--;
        generator.writeEndObject();
    }

    @Override
    public void name(String name) {
        named = true;
        if (Text.hasLoneSurrogate(name)) {
            generator.writeName(new EscapedString(name));
            return;
        }
        generator.writeName(name);
    }

    @Override
    public void name(FieldNames names, int position) {
        named = true;
        generator.writeName(names.encoded(position));
    }

    @Override
    public void beginArray() {
        enter();
        generator.writeStartArray();
    }

    @Override
    public void endArray() {
        depth--;
        generator.writeEndArray();
    }

    @Override
    public void string(String value) {
        named = false;
        if (Text.hasLoneSurrogate(value)) {
            generator.writeString(new EscapedString(value));
            return;
        }
        generator.writeString(value);
    }

    @Override
    public void integer(long value) {
        named = false;
        generator.writeNumber(value);
    }

    @Override
    public void bool(boolean value) {
        named = false;
        generator.writeBoolean(value);
    }

    @Override
    public void nullValue() {
        named = false;
        generator.writeNull();
    }

    @Override
    public void bytes(Bytes value) {
        named = false;
        generator.writeStartObject();
        generator.writeName("$bytes");
        generator.writeString(value.toBase64());
        generator.writeEndObject();
    }

    @Override
    public void link(Cid value) {
        named = false;
        generator.writeStartObject();
        generator.writeName("$link");
        generator.writeString(value.toString());
        generator.writeEndObject();
    }

    @Override
    public void floating(double value) {
        named = false;
        if (Double.isNaN(value) || Double.isInfinite(value)) {
            throw new LexDataException("$", "a number that is not finite, which JSON has no form for");
        }
        generator.writeNumber(value);
    }

    /** A text with lone surrogates, for which the generator has no form: they are escaped, as JavaScript does. */
    private static final class EscapedString extends SerializedString {
        private static final long serialVersionUID = 1L;

        EscapedString(String text) {
            super(text);
            _quotedUTF8Ref = Text.escapeForJson(text).getBytes(UTF_8);
        }
    }
}
