package dev.atlex.oauth;

import java.util.Locale;

/**
 * What a {@link Scope.Repo} allows to do with records.
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

    /** Returns the name in scopes, in lower case. */
    @Override
    public String toString() {
        return name().toLowerCase(Locale.ROOT);
    }
}
