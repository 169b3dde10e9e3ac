package com.example.consumer;

import dev.atlex.schema.LexObject;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.MultivaluedMap;
import jakarta.ws.rs.ext.MessageBodyWriter;
import jakarta.ws.rs.ext.Provider;
import java.io.IOException;
import java.io.OutputStream;
import java.lang.annotation.Annotation;
import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

/** Writes generated types in the protocol's JSON format. */
@Provider
@Produces(MediaType.APPLICATION_JSON)
public class LexObjectWriter implements MessageBodyWriter<LexObject> {
    @Override
    public boolean isWriteable(Class<?> type, Type genericType, Annotation[] annotations, MediaType mediaType) {
        return LexObject.class.isAssignableFrom(type);
    }

    @Override
    public void writeTo(
            LexObject value,
            Class<?> type,
            Type genericType,
            Annotation[] annotations,
            MediaType mediaType,
            MultivaluedMap<String, Object> headers,
            OutputStream out)
            throws IOException {
        out.write(value.toJson().getBytes(StandardCharsets.UTF_8));
    }
}
