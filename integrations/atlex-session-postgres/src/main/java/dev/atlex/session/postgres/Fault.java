package dev.atlex.session.postgres;

import java.sql.SQLException;
import java.util.HashSet;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The meaning of an SQLException. Only the SQLState is kept, because the server's message can contain "Failing row
 * contains (…)", and so the value.
 *
 * @param certain whether it is certain that the statement had no effect
 * @param temporary whether a retry may succeed
 * @param meaning the description for exceptions
 */
record Fault(boolean certain, boolean temporary, String meaning) {
    /** Describes a failure to connect: nothing was executed. */
    static Fault connecting(SQLException e) {
        String state = state(e);
        boolean temporary = state == null || state.startsWith("08") || state.startsWith("57P") || "53300".equals(state);
        return new Fault(true, temporary, "no connection" + describe(state));
    }

    /** Describes a failure of a statement. */
    static Fault working(SQLException e) {
        String state = state(e);
        if (state == null || state.startsWith("08") || state.startsWith("57P") || "40003".equals(state)) {
            return new Fault(false, true, "the connection was lost" + describe(state));
        }
        return new Fault(true, "40001".equals(state) || "40P01".equals(state), "rejected" + describe(state));
    }

    private static String describe(@Nullable String state) {
        if (state == null) {
            return "";
        }
        String hint = switch (state) {
            case "42P01", "3F000" -> ": a table is missing; migrate() creates it";
            case "42501" -> ": the database user lacks a privilege";
            case "25006" -> ": the server is read-only";
            case "53100" -> ": the server's disk is full";
            case "53300" -> ": the server has too many connections";
            case "57014" -> ": it timed out";
            default -> state.startsWith("28") ? ": the database user failed to authenticate" : "";
        };
        return hint + " (SQLState " + state + ")";
    }

    /** Returns the SQLState of the exception or of its first cause that has one. */
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
