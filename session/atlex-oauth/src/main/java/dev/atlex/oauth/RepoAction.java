package dev.atlex.oauth;

import java.util.Locale;

/**
 * An action on records that a {@link Scope.Repo} allows.
 *
 * @see <a href="https://atproto.com/specs/permission#repo">AT Protocol: repo permissions</a>
 */
public enum RepoAction {
    /** Creating records. */
    CREATE,
    /** Replacing records. */
    UPDATE,
    /** Deleting records. */
    DELETE;

    /** Returns the lowercase name that is used in scopes. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
