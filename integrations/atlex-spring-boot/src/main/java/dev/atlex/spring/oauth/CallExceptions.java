package dev.atlex.spring.oauth;

import dev.atlex.oauth.ScopeMissingException;
import dev.atlex.oauth.SessionBusyException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Duration;
import org.jspecify.annotations.Nullable;
import org.springframework.core.Ordered;
import org.springframework.http.HttpStatus;
import org.springframework.web.servlet.HandlerExceptionResolver;
import org.springframework.web.servlet.ModelAndView;

/**
 * Maps failures of a user's calls to a status, if the application doesn't handle them: 403 if the user hasn't granted a
 * scope, and 503 if the session can't be refreshed at the moment.
 */
final class CallExceptions implements HandlerExceptionResolver, Ordered {
    private final Clock clock;

    CallExceptions(Clock clock) {
        this.clock = clock;
    }

    @Override
    public int getOrder() {
        return Ordered.LOWEST_PRECEDENCE;
    }

    @Override
    public @Nullable ModelAndView resolveException(
            HttpServletRequest request, HttpServletResponse response, @Nullable Object handler, Exception failure) {
        SignedInUser user = SignedInUsers.used(request);
        if (user == null || response.isCommitted()) {
            return null;
        } else if (failure instanceof ScopeMissingException missing
                && missing.did().equals(user.did())) {
            return error(response, HttpStatus.FORBIDDEN, missing.getMessage());
        } else if (failure instanceof SessionBusyException busy && busy.did().equals(user.did())) {
            Duration wait = Duration.between(clock.instant(), busy.retryAt());
            response.setHeader("Retry-After", String.valueOf(Math.max(1, wait.toSeconds())));
            return error(response, HttpStatus.SERVICE_UNAVAILABLE, busy.getMessage());
        }
        return null;
    }

    /** Shows the application's error page. */
    static ModelAndView error(HttpServletResponse response, HttpStatus status, @Nullable String message) {
        try {
            response.sendError(status.value(), message);
            return new ModelAndView();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
