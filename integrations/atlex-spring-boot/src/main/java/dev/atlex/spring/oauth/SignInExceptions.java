package dev.atlex.spring.oauth;

import dev.atlex.session.AccountInactiveException;
import dev.atlex.session.SessionException;
import dev.atlex.spring.oauth.SignInFailure.Reason;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.http.MediaType;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Sends users without a session to the sign-in page: those who aren't signed in, and those whose session turns out to
 * have ended. It comes before the application's handlers, because a handler for all exceptions would show an error page
 * instead.
 */
final class SignInExceptions implements HandlerExceptionResolver, Ordered {
    private static final int MAX_CAUSES = 10;

    private final SignInPage pages;

    SignInExceptions(SignInPage pages) {
        this.pages = pages;
    }

    @Override
    public int getOrder() {
        return -1;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        if (response.isCommitted()) {
            return null;
        }
        if (failure instanceof CrossSiteRequestException) {
            return CallExceptions.error(response, HttpStatus.FORBIDDEN, failure.getMessage());
        }
        if (failure instanceof NotSignedInException) {
            // A sign-in page that needs a user would redirect to itself forever.
            return isForBrowser(request) && !pages.isRequested(request)
                    ? signIn(request, response, null)
                    : CallExceptions.error(response, HttpStatus.UNAUTHORIZED, failure.getMessage());
        }
        SignedInUser user = SignedInUsers.used(request);
        SessionException ended = cause(failure);
        if (user == null || ended == null || !user.session().isEnded()) {
            return null;
        }
        HttpSignIn.forget(request);
        if (!isForBrowser(request)) {
            return CallExceptions.error(response, HttpStatus.UNAUTHORIZED, ended.getMessage());
        }
        boolean inactive = ended instanceof AccountInactiveException;
        return signIn(request, response, inactive ? Reason.ACCOUNT_INACTIVE : Reason.SESSION_ENDED);
    }

    private static @Nullable SessionException cause(Exception failure) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof SessionException found) {
                return found;
            }
            cause = cause.getCause();
        }
        return null;
    }

    /** Scripts and other programs expect a status, not a page. */
    private static boolean isForBrowser(HttpServletRequest request) {
        String accept = request.getHeader("Accept");
        return accept != null && accept.contains(MediaType.TEXT_HTML_VALUE);
    }

    private ModelAndView signIn(HttpServletRequest request, HttpServletResponse response, @Nullable Reason reason) {
        pages.rememberRequested(request);
        pages.redirect(request, response, reason, null);
        return new ModelAndView();
    }
}
