import org.jspecify.annotations.NullMarked;

/** A session store in PostgreSQL. */
@NullMarked
@SuppressWarnings("requires-automatic") // the driver, which has no module descriptor
module dev.atlex.session.postgres {
    requires transitive org.jspecify;
    requires static org.checkerframework.checker.qual;
    requires static org.postgresql.jdbc;
    requires transitive dev.atlex.session;
    requires transitive java.sql;

    exports dev.atlex.session.postgres;
}
