/**
 * Sessions in PostgreSQL, for accounts that are shared by many processes or machines:
 * {@link dev.atlex.session.postgres.PostgresSessionStore} over any {@link javax.sql.DataSource}.
 */
@NullMarked
package dev.atlex.session.postgres;

import org.jspecify.annotations.NullMarked;
