package dev.atlex.data;

import java.util.function.Consumer;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.core.util.ByteArrayBuilder;

/** {@link LexWriter} of JSON text, on jackson-core's generator. */
final class JsonWriter extends LexWriter {
    private static final JsonFactory FACTORY = new JsonFactory();

    private final JsonGenerator generator;

    private JsonWriter(JsonGenerator generator) {
        this.generator = generator;
    }

    static byte[] write(Consumer<? super LexWriter> body) {
        try (ByteArrayBuilder out = new ByteArrayBuilder()) {
            try (JsonGenerator generator = FACTORY.createGenerator(ObjectWriteContext.empty(), out)) {
                body.accept(new JsonWriter(generator));
            }
            return out.toByteArray();
        }
    }

    @Override
    public void beginMap() {
        generator.writeStartObject();
    }

    @Override
    public void endMap() {
        generator.writeEndObject();
    }

    @Override
    public void name(String name) {
        generator.writeName(name);
    }

    @Override
    public void name(FieldNames names, int position) {
        generator.writeName(names.encoded(position));
    }

    @Override
    public void beginArray() {
        generator.writeStartArray();
    }

    @Override
    public void endArray() {
        generator.writeEndArray();
    }

    @Override
    public void string(String value) {
        generator.writeString(value);
    }

    @Override
    public void integer(long value) {
        generator.writeNumber(value);
    }

    @Override
    public void bool(boolean value) {
        generator.writeBoolean(value);
    }

    @Override
    public void nullValue() {
        generator.writeNull();
    }

    @Override
    public void bytes(Bytes value) {
        generator.writeStartObject();
        generator.writeName("$bytes");
        generator.writeString(value.toBase64());
        generator.writeEndObject();
    }

    @Override
    public void link(Cid value) {
        generator.writeStartObject();
        generator.writeName("$link");
        generator.writeString(value.toString());
        generator.writeEndObject();
    }

    @Override
    public void floating(double value) {
        generator.writeNumber(value);
    }
}
