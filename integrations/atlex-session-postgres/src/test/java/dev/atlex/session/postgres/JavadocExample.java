package dev.atlex.session.postgres;

import javax.sql.DataSource;

/** The example of the Javadoc, so that it compiles. */
final class JavadocExample {
    private JavadocExample() {}

    static boolean isEmpty(DataSource dataSource) {
        try (PostgresSessionStore store = PostgresSessionStore.create(dataSource, options -> options.schema("atlex"))) {
            return store.list().isEmpty();
        }
    }
}
