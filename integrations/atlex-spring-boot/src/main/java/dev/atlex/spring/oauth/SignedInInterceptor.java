package dev.atlex.spring.oauth;

import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerInterceptor;

/**
 * Closes the user's session at the end of a request. In development, also redirects browsers from localhost to
 * 127.0.0.1: servers send users back there, and browsers don't share cookies between the two.
 */
final class SignedInInterceptor implements HandlerInterceptor {
    private final Site site;

    SignedInInterceptor(Site site) {
        this.site = site;
    }

    @Override
    public boolean preHandle(HttpServletRequest request, HttpServletResponse response, Object handler) {
        String accept = request.getHeader("Accept");
        boolean page =
                request.getMethod().equals("GET") && accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
        String target = page ? site.atLoopback(request) : null;
        if (target != null) {
            SignInPage.redirectTo(response, target);
        }
        return target == null;
    }

    @Override
    public void afterCompletion(
            HttpServletRequest request, HttpServletResponse response, Object handler, @Nullable Exception failure) {
        SignedInUsers.release(request);
    }
}
