package dev.atlex.session.postgres;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** The table names, quoted for SQL. */
final class Tables {
    /** The longest name in PostgreSQL, in bytes. */
    private static final int MAX_NAME_BYTES = 63;

    private final @Nullable String schema;
    private final String prefix;

    Tables(@Nullable String schema, String prefix) {
        this.schema = schema;
        this.prefix = prefix;
        if (schema != null) {
            check("schema", schema, schema);
        }
        check("prefix", prefix, prefix + "generations");
    }

    private static void check(String option, String given, String name) {
        if (given.isEmpty()
                || given.indexOf('\0') >= 0
                || !StandardCharsets.UTF_8.newEncoder().canEncode(given)
                || name.getBytes(StandardCharsets.UTF_8).length > MAX_NAME_BYTES) {
            throw new IllegalArgumentException(option + ": expected 1 to "
                    + (MAX_NAME_BYTES - (name.length() - given.length())) + " bytes of UTF-8 without a zero byte");
        }
    }

    @Nullable
    String schema() {
        return schema;
    }

    String entries() {
        return name("entries");
    }

    String leases() {
        return name("leases");
    }

    /** Returns the sequence of generations. */
    String generations() {
        return name("generations");
    }

    String versions() {
        return name("versions");
    }

    /** Returns the channel for notifications. */
    String channel() {
        return prefix + "leases";
    }

    private String name(String of) {
        String name = quote(prefix + of);
        return schema == null ? name : quote(schema) + "." + name;
    }

    static String quote(String identifier) {
        return '"' + identifier.replace("\"", "\"\"") + '"';
    }
}
