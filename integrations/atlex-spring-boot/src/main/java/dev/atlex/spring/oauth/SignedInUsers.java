package dev.atlex.spring.oauth;

import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.session.UnknownAccountException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpSession;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.web.context.request.RequestContextHolder;
import org.springframework.web.context.request.ServletRequestAttributes;

/**
 * Finds the user who is signed in in the browser that sent a request. Inject it into filters, interceptors and
 * services; controller methods take a {@link SignedInUser} instead.
 *
 * <p>Finding a user reads the session store once per request, and doesn't contact a server. A request that may change
 * something must come from a page of this site. Otherwise, the methods throw {@link CrossSiteRequestException}.
 */
public final class SignedInUsers {
    private static final String ATTRIBUTE = SignedInUsers.class.getName() + ".user";

    private final ObjectProvider<OAuthClient> client;
    private final @Nullable CallOptions calls;
    private final Site site;

    SignedInUsers(ObjectProvider<OAuthClient> client, @Nullable CallOptions calls, Site site) {
        this.client = client;
        this.calls = calls;
        this.site = site;
    }

    /**
     * Returns the user who sent the request, or empty if the browser isn't signed in, or was signed out elsewhere.
     *
     * @throws CrossSiteRequestException if another site sent a request that may change something
     * @throws dev.atlex.session.SessionStoreException if the session store fails
     */
    public Optional<SignedInUser> find(HttpServletRequest request) {
        SignedInUser found = used(request);
        if (found != null) {
            return Optional.of(found);
        }
        HttpSession http = request.getSession(false);
        UserKey key = UserKey.of(http);
        if (http == null || key == null) {
            return Optional.empty();
        }
        site.checkSameSite(request);
        try {
            SignedInUser user = user(key);
            request.setAttribute(ATTRIBUTE, user);
            return Optional.of(user);
        } catch (UnknownAccountException e) {
            UserKey.removeFrom(http);
            return Optional.empty();
        }
    }

    /**
     * Like {@link #find}, for requests that need a user.
     *
     * @throws NotSignedInException if the browser isn't signed in
     */
    public SignedInUser require(HttpServletRequest request) {
        return find(request).orElseThrow(NotSignedInException::new);
    }

    /**
     * Like {@link #require}, for the request that the current thread handles.
     *
     * @throws IllegalStateException if the thread handles no request
     */
    public SignedInUser current() {
        if (RequestContextHolder.currentRequestAttributes() instanceof ServletRequestAttributes attributes) {
            return require(attributes.getRequest());
        }
        throw new IllegalStateException("the current request isn't a servlet request");
    }

    private SignedInUser user(UserKey key) {
        OAuthSession session = client.getObject().resume(key.did(), key.sessionId());
        return new SignedInUser(
                session, key.sessionId(), calls == null ? new Client(session) : new Client(session, calls));
    }

    /** Returns the user that the request has already used, or null. */
    static @Nullable SignedInUser used(HttpServletRequest request) {
        return request.getAttribute(ATTRIBUTE) instanceof SignedInUser user ? user : null;
    }

    /** Releases the user's session at the end of a request. */
    static void release(HttpServletRequest request) {
        SignedInUser user = used(request);
        if (user != null) {
            request.removeAttribute(ATTRIBUTE);
            user.session().close();
        }
    }
}
