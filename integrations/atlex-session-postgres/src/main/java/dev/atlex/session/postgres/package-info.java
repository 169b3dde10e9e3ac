/**
 * A session store in PostgreSQL, for accounts that many processes or machines share:
 * {@link dev.atlex.session.postgres.PostgresSessionStore} works with any {@link javax.sql.DataSource}.
 */
@NullMarked
package dev.atlex.session.postgres;

import org.jspecify.annotations.NullMarked;
