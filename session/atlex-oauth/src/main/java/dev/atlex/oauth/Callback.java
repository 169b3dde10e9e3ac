package dev.atlex.oauth;

import dev.atlex.syntax.Did;
import org.jspecify.annotations.Nullable;

/** A finished sign-in. */
public final class Callback {
    private final OAuthSession session;
    private final @Nullable String state;

    Callback(OAuthSession session, @Nullable String state) {
        this.session = session;
        this.state = state;
    }

    /** Returns the account that signed in. */
    public Did did() {
        return session.did();
    }

    /** Returns the new session. It is already in the store. */
    public OAuthSession session() {
        return session;
    }

    /** Returns the program's own state from {@link AuthorizeOptions.Builder#state}, or null. */
    public @Nullable String state() {
        return state;
    }

    /** Returns the session, without the program's state. */
    @Override
    public String toString() {
        return "Callback[" + session + "]";
    }
}
