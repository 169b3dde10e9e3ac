package dev.atlex.session.postgres;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What is known after an SQLException. Of the exception itself only the SQLState goes on: the server's messages can have a
 * "Failing row contains (…)", and with it the value.
 *
 * @param certain whether it is certain that the statement has not taken effect
 * @param passing whether the same may work soon
 * @param meaning what is said of it
 */
record Fault(boolean certain, boolean passing, String meaning) {
    /** No connection could be had, so nothing was done. */
    static Fault connecting(SQLException e) {
        String state = state(e);
        boolean passing = state == null || state.startsWith("08") || state.startsWith("57P") || "53300".equals(state);
        return new Fault(true, passing, "no connection" + describe(state));
    }

    /** Something failed on a connection. */
    static Fault working(SQLException e) {
        String state = state(e);
        if (state == null || state.startsWith("08") || state.startsWith("57P") || "40003".equals(state)) {
            return new Fault(false, true, "the connection was lost" + describe(state));
        }
        return new Fault(true, "40001".equals(state) || "40P01".equals(state), "refused" + describe(state));
    }

    private static String describe(@Nullable String state) {
        if (state == null) {
            return "";
        }
        String hint = switch (state) {
            case "42P01", "3F000" -> ": a table is missing, migrate() makes it";
            case "42501" -> ": the database user has not the right to";
            case "25006" -> ": the server is read-only";
            case "53100" -> ": the server's disk is full";
            case "53300" -> ": the server has too many connections";
            case "57014" -> ": the time was over";
            default -> state.startsWith("28") ? ": the database user could not sign in" : "";
        };
        return hint + " (SQLState " + state + ")";
    }

    /** The SQLState of the exception or of the first of its causes that has one. */
    private static @Nullable String state(SQLException e) {
        Set<Throwable> seen = new HashSet<>();
        for (Throwable cause = e; cause != null && seen.add(cause); cause = cause.getCause()) {
            if (cause instanceof SQLException sql && isState(sql.getSQLState())) {
                return sql.getSQLState();
            }
        }
        return null;
    }

    private static boolean isState(@Nullable String state) {
        return state != null
                && state.length() == 5
                && state.chars().allMatch(c -> c >= '0' && c <= '9' || c >= 'A' && c <= 'Z');
    }
}
