package dev.atlex.session.postgres;

import javax.sql.DataSource;

/** Compiles the example in the Javadoc. */
final class JavadocExample {
    private JavadocExample() {}

    static boolean isEmpty(DataSource dataSource) {
        try (PostgresSessionStore store = PostgresSessionStore.create(dataSource, options -> options.schema("atlex"))) {
            return store.list().isEmpty();
        }
    }
}
