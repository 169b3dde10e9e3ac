package dev.atlex.session.internal.persist;

import dev.atlex.data.internal.Sha256;
import dev.atlex.session.Credentials;
import dev.atlex.session.SessionData;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether an identifier refers to a session's account. Handles and email addresses can pass to a different
 * account, so the account that once had a name may no longer have it.
 */
public final class SignInNames {
    /** The handle that servers report for accounts whose handle is invalid. */
    public static final String NO_HANDLE = "handle.invalid";

    private SignInNames() {}

    /**
     * Returns whether the account's name is still the identifier, or hasn't changed since the identifier signed in.
     * Servers may accept names that they don't report, such as a second email address. An unknown name counts as a
     * match.
     *
     * @param reportedName the account's name when the identifier last signed in ({@link #of}), or null
     */
    public static boolean isMeant(Credentials credentials, SessionData data, @Nullable String reportedName) {
        if (credentials.atIdentifier() instanceof Did did) {
            return did.equals(data.did());
        }
        String now = of(credentials, data);
        return now == null || now.equals(reportedName) || now.equals(name(credentials, credentials.identifier()));
    }

    /**
     * Returns the account's name of the same kind as the identifier, or null if it is unknown. An email address is
     * returned as a digest.
     */
    public static @Nullable String of(Credentials credentials, SessionData data) {
        if (isEmail(credentials)) {
            String email = data.email();
            return email == null ? null : name(credentials, email);
        }
        String handle = name(credentials, data.handle().toString());
        return handle.equals(NO_HANDLE) ? null : handle;
    }

    private static String name(Credentials credentials, String text) {
        String lower = text.strip().toLowerCase(Locale.ROOT);
        return isEmail(credentials) ? Sha256.hex(lower) : lower;
    }

    private static boolean isEmail(Credentials credentials) {
        AtIdentifier known = credentials.atIdentifier();
        return known == null && credentials.identifier().indexOf('@') > 0;
    }
}
