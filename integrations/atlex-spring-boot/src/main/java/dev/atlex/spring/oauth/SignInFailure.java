package dev.atlex.spring.oauth;

import java.io.Serializable;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The reason why a sign-in failed or ended, for the sign-in page. Controllers find it in the model, as
 * {@code signInFailure}, in the first request after the failure. With Thymeleaf:
 * {@code <p th:if="${signInFailure}" th:text="${signInFailure.message}"></p>}.
 *
 * <p>The methods are named like bean properties, because templates expect that.
 */
public final class SignInFailure implements Serializable {
    private static final long serialVersionUID = 1L;

    /** The name of the model attribute. */
    public static final String ATTRIBUTE = "signInFailure";

    private final Reason reason;
    private final @Nullable String account;

    SignInFailure(Reason reason, @Nullable String account) {
        this.reason = Objects.requireNonNull(reason, "reason");
        this.account = account;
    }

    /** Reasons. Each has a message in English; for other languages, use the name as the key of a translation. */
    public enum Reason {
        /** The user refused. */
        DENIED("You didn't allow this site to use your account."),
        /** The user signed in with an account other than the one entered. */
        OTHER_ACCOUNT("You signed in with a different account than the one you entered."),
        /** The sign-in is unknown, finished, or too old. */
        EXPIRED("The sign-in took too long, or was already finished. Please try again."),
        /** The sign-in was started in a different browser, or its cookie is missing. */
        OTHER_BROWSER("The sign-in was started in another browser. Please allow cookies, and try again."),
        /** The text is neither an account nor a server. */
        INVALID_ACCOUNT("Please enter a handle, such as alice.bsky.social."),
        /** The account doesn't exist, or its handle doesn't belong to it. */
        UNKNOWN_ACCOUNT("This account wasn't found. Please check the handle."),
        /** The account's server doesn't support OAuth. */
        UNSUPPORTED_SERVER("The account's server doesn't support signing in to other sites."),
        /** The account's server, or the directory of accounts, can't be reached. */
        SERVER_UNAVAILABLE("The account's server can't be reached. Please try again later."),
        /** The account's server refused to continue. */
        SERVER_REFUSED("The account's server refused the sign-in. Please try again."),
        /**
         * The sign-in failed because this site is misconfigured, or because something in it failed. The site's log
         * contains the cause.
         */
        SITE_ERROR("This site can't sign you in at the moment. Please try again later."),
        /** The user was signed in, but the session has ended: it expired, or was revoked. */
        SESSION_ENDED("Your session has ended. Please sign in again."),
        /** The user was signed in, but the account is deactivated, suspended or taken down. */
        ACCOUNT_INACTIVE("The account is not active at the moment.");

        private final String message;

        Reason(String message) {
            this.message = message;
        }
    }

    /** Returns the reason. */
    public Reason getReason() {
        return reason;
    }

    /** Returns a sentence for the user, in English. It contains no text from a server or from the user. */
    public String getMessage() {
        return reason.message;
    }

    /** Returns the text that the user entered, so that a form can show it again, or null. Escape it in pages. */
    public @Nullable String getAccount() {
        return account;
    }

    @Override
    public String toString() {
        return "SignInFailure[" + reason + "]";
    }
}
