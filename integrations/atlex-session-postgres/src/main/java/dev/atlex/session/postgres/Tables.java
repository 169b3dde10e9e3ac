package dev.atlex.session.postgres;

import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;

/** What the tables are called, quoted for SQL. */
final class Tables {
    /** Of a name in PostgreSQL, in bytes. */
    private static final int LONGEST_NAME = 63;

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
                || name.getBytes(StandardCharsets.UTF_8).length > LONGEST_NAME) {
            throw new IllegalArgumentException("the " + option + " of the tables: 1 to "
                    + (LONGEST_NAME - (name.length() - given.length())) + " bytes of UTF-8, none of them zero");
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

    /** The sequence that generations come from. */
    String generations() {
        return name("generations");
    }

    String versions() {
        return name("versions");
    }

    /** What the releases of leases are told on. */
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
