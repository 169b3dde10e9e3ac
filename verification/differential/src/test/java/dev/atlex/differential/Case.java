package dev.atlex.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * One question.
 *
 * @param ref the schema's name, or empty where there is none
 * @param json the value, or null where the bytes are DAG-CBOR
 */
record Case(String ref, boolean strict, @Nullable Json json, byte[] bytes) {
    static Case json(String ref, boolean strict, Json json) {
        return new Case(ref, strict, json, json.toString().getBytes(UTF_8));
    }

    static Case cbor(boolean strict, byte[] bytes) {
        return new Case("", strict, null, bytes);
    }

    /** The line that asks the reference. */
    String line(int id) {
        return "[" + id + ",\"" + (json == null ? "cbor" : "json") + "\"," + Json.quote(ref) + "," + strict + ",\""
                + Base64.getEncoder().encodeToString(bytes) + "\"]\n";
    }

    @Override
    public String toString() {
        String text = json == null ? HexFormat.of().formatHex(bytes) : new String(bytes, UTF_8);
        return (strict ? "strictly " : "leniently ") + (ref.isEmpty() ? "untyped" : ref) + ": "
                + (text.length() > 2000 ? text.substring(0, 2000) + "…" : text);
    }
}
