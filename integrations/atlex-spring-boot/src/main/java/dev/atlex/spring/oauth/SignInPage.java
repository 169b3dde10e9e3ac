package dev.atlex.spring.oauth;

import dev.atlex.spring.oauth.SignInFailure.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import org.jspecify.annotations.Nullable;
import org.springframework.web.servlet.FlashMap;
import org.springframework.web.servlet.FlashMapManager;
import org.springframework.web.servlet.support.RequestContextUtils;

/** Redirects browsers to pages of the application, and passes failures to the sign-in page. */
final class SignInPage {
    private static final String RETURN_TO = "dev.atlex.spring.oauth.return-to";
    private static final int SEE_OTHER = 303;

    private final Site site;
    private final String page;

    SignInPage(Site site, String page) {
        this.site = site;
        this.page = page;
    }

    /** Redirects to the sign-in page, which shows the failure if there is one. */
    void redirect(
            HttpServletRequest request,
            HttpServletResponse response,
            @Nullable Reason reason,
            @Nullable String account) {
        if (reason != null) {
            saveFailure(request, response, new SignInFailure(reason, account));
        }
        redirect(request, response, page);
    }

    private void saveFailure(HttpServletRequest request, HttpServletResponse response, SignInFailure failure) {
        FlashMapManager manager = RequestContextUtils.getFlashMapManager(request);
        if (manager == null) {
            throw new IllegalStateException("the request isn't handled by Spring's DispatcherServlet");
        }
        FlashMap flash = new FlashMap();
        flash.put(SignInFailure.ATTRIBUTE, failure);
        flash.setTargetRequestPath(site.internalPath(request, page));
        manager.saveOutputFlashMap(flash, request, response);
    }

    /** Remembers the page that was requested, to show it after the next sign-in. */
    void rememberRequested(HttpServletRequest request) {
        String requested = request.getMethod().equals("GET") ? site.requestedPage(request) : null;
        if (requested != null) {
            returnTo(request, requested);
        }
    }

    /** Remembers a page to show after the next sign-in. */
    void returnTo(HttpServletRequest request, String requested) {
        request.getSession().setAttribute(RETURN_TO, requested);
    }

    /** Returns the page to show after the sign-in, or null. */
    @Nullable
    String returnTo(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        return session != null && session.getAttribute(RETURN_TO) instanceof String requested ? requested : null;
    }

    /** Forgets the page to show after the sign-in. */
    void forgetReturnTo(HttpServletRequest request) {
        HttpSession session = request.getSession(false);
        if (session != null) {
            session.removeAttribute(RETURN_TO);
        }
    }

    /** Redirects to a page of the application. */
    void redirect(HttpServletRequest request, HttpServletResponse response, String target) {
        redirectTo(response, site.page(request, target));
    }

    /** Redirects to a URL with a GET request. The browser doesn't cache the redirect. */
    static void redirectTo(HttpServletResponse response, String url) {
        response.setStatus(SEE_OTHER);
        response.setHeader("Location", url);
        response.setHeader("Cache-Control", "no-store");
    }

    /** Returns whether a request is for the sign-in page itself. */
    boolean isRequested(HttpServletRequest request) {
        return request.getRequestURI().equals(site.internalPath(request, page));
    }
}
