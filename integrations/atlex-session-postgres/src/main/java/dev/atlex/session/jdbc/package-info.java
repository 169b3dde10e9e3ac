/**
 * Sessions in PostgreSQL, for accounts that are shared by many processes or machines:
 * {@link dev.atlex.session.jdbc.JdbcSessionStore} over any {@link javax.sql.DataSource}.
 */
@NullMarked
package dev.atlex.session.jdbc;

import org.jspecify.annotations.NullMarked;
