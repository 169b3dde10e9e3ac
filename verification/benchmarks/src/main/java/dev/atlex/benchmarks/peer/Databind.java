package dev.atlex.benchmarks.peer;

import tools.jackson.databind.json.JsonMapper;

/** Jackson's mapper without a target class: maps, lists, strings and numbers. */
public final class Databind {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Databind() {}

    public static Object parse(byte[] json) {
        return MAPPER.readValue(json, Object.class);
    }

    public static byte[] write(Object tree) {
        return MAPPER.writeValueAsBytes(tree);
    }
}
