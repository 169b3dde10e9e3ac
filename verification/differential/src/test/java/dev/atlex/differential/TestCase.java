package dev.atlex.differential;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.util.Base64;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * A value to evaluate.
 *
 * @param ref the name of the schema, or "" for none
 * @param json the value, or null if the bytes are DAG-CBOR
 */
record TestCase(String ref, boolean strict, @Nullable Json json, byte[] bytes) {
    static TestCase json(String ref, boolean strict, Json json) {
        return new TestCase(ref, strict, json, json.toString().getBytes(UTF_8));
    }

    static TestCase cbor(boolean strict, byte[] bytes) {
        return new TestCase("", strict, null, bytes);
    }

    /** Returns the line to submit to the reference. */
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
