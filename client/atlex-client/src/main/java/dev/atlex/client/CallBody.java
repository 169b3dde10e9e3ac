package dev.atlex.client;

import dev.atlex.client.transport.RequestBody;
import dev.atlex.data.LexException;
import dev.atlex.data.LexValue;
import dev.atlex.data.LexWriter;
import dev.atlex.data.ReadOptions;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.Codec;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.Procedure;
import org.jspecify.annotations.Nullable;

/** The body of a call's request, which encodes itself. */
public sealed interface CallBody {
    /** Returns the media type of the body, or a pattern that it has to match; null if there is no body. */
    @Nullable
    String encoding();

    /**
     * Returns the body as it is sent, or null if there is none.
     *
     * @param validate whether to check JSON against the method's schema
     * @throws LexException if that check fails
     */
    @Nullable
    RequestBody encode(boolean validate);

    /** An absent body. */
    enum None implements CallBody {
        /** The only instance. */
        INSTANCE;

        @Override
        public @Nullable String encoding() {
            return null;
        }

        @Override
        public @Nullable RequestBody encode(boolean validate) {
            return null;
        }
    }

    /**
     * A JSON object of a generated class.
     *
     * @param procedure the procedure, which encodes the object
     * @param value the object
     */
    record JsonObject(Procedure<?, ?, ?> procedure, LexObject value) implements CallBody {
        @Override
        public String encoding() {
            return MediaType.JSON;
        }

        @Override
        public RequestBody encode(boolean validate) {
            if (validate) {
                procedure.input().fromValue(value.toLexMap(), ReadOptions.STRICT);
            }
            return RequestBody.of(procedure.encode(value));
        }
    }

    /**
     * Any other JSON: a union, a value without a schema, or a value whose schema is known only at run time.
     *
     * @param schema the codec that checks the value
     * @param value the value
     */
    record JsonValue(Codec<?> schema, LexValue value) implements CallBody {
        @Override
        public String encoding() {
            return MediaType.JSON;
        }

        @Override
        public RequestBody encode(boolean validate) {
            if (validate) {
                schema.fromValue(value, ReadOptions.STRICT);
            }
            return RequestBody.of(LexWriter.toJson(writer -> writer.value(value)));
        }
    }

    /**
     * Bytes.
     *
     * @param encoding the media type that the method accepts, or a pattern
     * @param bytes the bytes
     */
    record Binary(String encoding, RequestBody bytes) implements CallBody {
        @Override
        public RequestBody encode(boolean validate) {
            return bytes;
        }
    }
}
