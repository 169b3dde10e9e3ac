package dev.atlex.spring.oauth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import jakarta.servlet.http.HttpSessionEvent;
import jakarta.servlet.http.HttpSessionListener;
import org.jspecify.annotations.Nullable;
import org.springframework.web.util.WebUtils;

/** Signs users in to HTTP sessions, and out of them. */
final class HttpSignIn implements HttpSessionListener {
    private final SessionMaintenance maintenance;
    private final boolean signOutOnTimeout;

    HttpSignIn(SessionMaintenance maintenance, boolean signOutOnTimeout) {
        this.maintenance = maintenance;
        this.signOutOnTimeout = signOutOnTimeout;
    }

    /**
     * Signs a user in. The HTTP session gets a new ID, so that an ID planted by an attacker is worthless. If another
     * account was signed in before, its HTTP session is discarded.
     */
    void signIn(HttpServletRequest request, UserKey user) {
        maintenance.signedIn(user);
        UserKey previous;
        try {
            previous = replace(request, user);
        } catch (IllegalStateException e) {
            // Another request has just invalidated the HTTP session.
            previous = replace(request, user);
        }
        if (previous != null) {
            maintenance.logoutLater(previous);
        }
    }

    private static @Nullable UserKey replace(HttpServletRequest request, UserKey user) {
        HttpSession session = request.getSession();
        synchronized (WebUtils.getSessionMutex(session)) {
            UserKey previous = UserKey.of(session);
            if (previous != null && !previous.did().equals(user.did())) {
                UserKey.removeFrom(session);
                session.invalidate();
            } else if (!session.isNew()) {
                request.changeSessionId();
            }
            user.saveTo(request.getSession());
            return previous;
        }
    }

    /** Signs the user out, here and at the account's server. */
    void signOut(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        UserKey user = UserKey.of(session);
        if (session != null) {
            UserKey.removeFrom(session);
            session.invalidate();
        }
        if (user != null) {
            maintenance.logout(user);
        }
    }

    /** Removes a user whose OAuth session has ended from the HTTP session, and keeps the rest of it. */
    static void forget(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            UserKey.removeFrom(session);
        }
        SignedInUsers.release(request);
    }

    /** Ends the OAuth session of an HTTP session that times out, because no browser can use it anymore. */
    @Override
    public void sessionDestroyed(HttpSessionEvent event) {
        UserKey user = signOutOnTimeout ? UserKey.of(event.getSession()) : null;
        if (user != null) {
            maintenance.logoutLater(user);
        }
    }
}
