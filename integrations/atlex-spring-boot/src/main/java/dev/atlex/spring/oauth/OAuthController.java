package dev.atlex.spring.oauth;

import dev.atlex.data.LexException;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.AuthorizationDeniedException;
import dev.atlex.oauth.AuthorizationExpiredException;
import dev.atlex.oauth.BrowserMismatchException;
import dev.atlex.oauth.Callback;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.spring.oauth.SignInFailure.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.factory.ObjectProvider;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;

/** The sign-in endpoints. They respond with redirects. */
@Controller
final class OAuthController {
    private final ObjectProvider<OAuthClient> client;
    private final AtlexOAuthProperties properties;
    private final Site site;
    private final SignInPage pages;
    private final SignInCookie cookie;
    private final HttpSignIn signIns;

    OAuthController(
            ObjectProvider<OAuthClient> client,
            AtlexOAuthProperties properties,
            Site site,
            SignInPage pages,
            HttpSignIn signIns) {
        this.client = client;
        this.properties = properties;
        this.site = site;
        this.pages = pages;
        this.cookie = new SignInCookie(site);
        this.signIns = signIns;
    }

    @PostMapping("${atlex.oauth.login-path:" + AtlexOAuthProperties.LOGIN + "}")
    void login(
            @RequestParam(name = "account", defaultValue = "") String account,
            @RequestParam(name = "return-to", required = false) @Nullable String returnTo,
            HttpServletRequest request,
            HttpServletResponse response) {
        site.checkSameSite(request);
        String next = returnTo != null && Site.isLocal(returnTo) ? returnTo : pages.returnTo(request);
        try {
            Authorization authorization = client.getObject().authorize(account, options -> {
                options.redirectUri(site.redirectUri(request));
                SignInState.begin(next).apply(options);
            });
            cookie.add(authorization, request, response);
            pages.forgetReturnTo(request);
            SignInPage.redirectTo(response, authorization.url().toString());
        } catch (LexException e) {
            Reason reason = FailureReasons.of(e);
            // Invalid text may be a password that was typed into the wrong field, so it isn't shown again.
            pages.redirect(request, response, reason, reason == Reason.INVALID_ACCOUNT ? null : account);
        }
    }

    @GetMapping("${atlex.oauth.callback-path:" + AtlexOAuthProperties.CALLBACK + "}")
    void callback(HttpServletRequest request, HttpServletResponse response) {
        try {
            Callback done = finish(request, response);
            SignInState state = SignInState.parse(done.state());
            signIns.signIn(request, new UserKey(done.did(), state.sessionId()));
            String next = state.returnTo();
            pages.redirect(request, response, next == null ? properties.afterLogin() : next);
        } catch (LexException e) {
            if (e instanceof AuthorizationExpiredException && UserKey.of(request.getSession(false)) != null) {
                // A user who is already signed in has reloaded the callback, or navigated back to it.
                pages.redirect(request, response, properties.afterLogin());
                return;
            }
            String next = e instanceof AuthorizationDeniedException denied
                    ? SignInState.parse(denied.appState()).returnTo()
                    : null;
            if (next != null) {
                pages.returnTo(request, next);
            }
            pages.redirect(request, response, FailureReasons.of(e), null);
        }
    }

    /**
     * Tries the secrets of all sign-ins that the browser has started. A wrong secret doesn't invalidate the callback.
     */
    private Callback finish(HttpServletRequest request, HttpServletResponse response) {
        String query = request.getQueryString() == null ? "" : request.getQueryString();
        for (String secret : cookie.secrets(request)) {
            try {
                Callback done = client.getObject().callback(query, secret);
                cookie.remove(secret, request, response);
                return done;
            } catch (BrowserMismatchException e) {
                // The secret of a sign-in in another tab.
            } catch (AuthorizationExpiredException e) {
                throw e; // The secret may belong to a different sign-in.
            } catch (LexException e) {
                cookie.remove(secret, request, response);
                throw e;
            }
        }
        return client.getObject().callback(query, null);
    }

    @PostMapping("${atlex.oauth.logout-path:" + AtlexOAuthProperties.LOGOUT + "}")
    void logout(HttpServletRequest request, HttpServletResponse response) {
        site.checkSameSite(request);
        signIns.signOut(request);
        pages.redirect(request, response, properties.afterLogout());
    }
}
