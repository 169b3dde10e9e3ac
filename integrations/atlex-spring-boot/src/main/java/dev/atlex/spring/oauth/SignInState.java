package dev.atlex.spring.oauth;

import dev.atlex.oauth.AuthorizeOptions;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The data that a sign-in keeps for its callback, in the session store.
 *
 * @param sessionId the ID of the new OAuth session, a random one for each sign-in
 * @param returnTo the page to show afterward, or null for the default
 */
record SignInState(String sessionId, @Nullable String returnTo) {
    static SignInState begin(@Nullable String returnTo) {
        return new SignInState(UUID.randomUUID().toString(), returnTo);
    }

    void apply(AuthorizeOptions.Builder options) {
        options.sessionId(sessionId).state(returnTo == null ? sessionId : sessionId + " " + returnTo);
    }

    /** Parses the text that {@link #apply} returned. */
    static SignInState parse(@Nullable String text) {
        String state = text == null ? "" : text;
        int space = state.indexOf(' ');
        return space < 0
                ? new SignInState(state, null)
                : new SignInState(state.substring(0, space), state.substring(space + 1));
    }
}
