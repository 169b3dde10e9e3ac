package dev.atlex.spring.oauth;

import dev.atlex.syntax.Did;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;

/**
 * Identifies the OAuth session of a signed-in user. The HTTP session contains only this, as a string, so that any store
 * for HTTP sessions can save it. Tokens and keys stay in the session store.
 *
 * @param did the account
 * @param sessionId the ID of the OAuth session
 */
record UserKey(Did did, String sessionId) {
    private static final String ATTRIBUTE = "dev.atlex.spring.oauth.user";

    /** Returns the user of an HTTP session, or null if there is none. */
    static @Nullable UserKey of(@Nullable HttpSession session) {
        if (session == null || !(session.getAttribute(ATTRIBUTE) instanceof String text)) {
            return null;
        }
        int space = text.indexOf(' ');
        String did = text.substring(space + 1);
        return space > 0 && Did.isValid(did) ? new UserKey(Did.of(did), text.substring(0, space)) : null;
    }

    void saveTo(HttpSession session) {
        session.setAttribute(ATTRIBUTE, sessionId + " " + did);
    }

    static void removeFrom(HttpSession session) {
        session.removeAttribute(ATTRIBUTE);
    }
}
