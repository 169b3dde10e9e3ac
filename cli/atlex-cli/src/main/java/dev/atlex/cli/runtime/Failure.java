package dev.atlex.cli.runtime;

import dev.atlex.bluesky.InvalidPostException;
import dev.atlex.bluesky.PostUnavailableException;
import dev.atlex.bluesky.image.ImageException;
import dev.atlex.bluesky.video.InvalidVideoException;
import dev.atlex.bluesky.video.VideoException;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcInvalidResponseException;
import dev.atlex.client.XrpcRequestException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcResponseTooLargeException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.ProxyException;
import dev.atlex.client.transport.ResponseTooLargeException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportTimeoutException;
import dev.atlex.codegen.CodegenException;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValidationException;
import dev.atlex.identity.ForbiddenHostException;
import dev.atlex.identity.IdentityException;
import dev.atlex.identity.UnsupportedDidException;
import dev.atlex.installer.InstallException;
import dev.atlex.installer.InstallLimitException;
import dev.atlex.repo.RepoException;
import dev.atlex.schema.document.InvalidLexiconsException;
import dev.atlex.schema.document.LexiconProblem;
import dev.atlex.session.AccountMigratedException;
import dev.atlex.session.AccountMismatchException;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionException;
import dev.atlex.session.SessionStoreException;
import dev.atlex.session.SignInRateLimitedException;
import dev.atlex.streams.StreamException;
import dev.atlex.streams.StreamRefusedException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Thrown when a command fails. Holds the exit status, an error code for programs and messages for people. */
public final class Failure extends RuntimeException {
    /** Exit status if the server rejected the request. */
    public static final int REFUSED = 1;

    /** Exit status for wrong usage or input. */
    public static final int WRONG_USE = 2;

    /** Exit status if no session is stored or the server ended it. */
    public static final int NOT_SIGNED_IN = 3;

    /** Exit status if the network failed. */
    public static final int NETWORK = 4;

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<String> lines;

    /** Creates a failure with a single message. */
    public Failure(int status, String code, @Nullable String message, @Nullable Throwable cause) {
        this(status, code, List.of(message == null ? "no details available" : message), cause);
    }

    private Failure(int status, String code, List<String> lines, @Nullable Throwable cause) {
        super(String.join("; ", lines), cause);
        this.status = status;
        this.code = code;
        this.lines = List.copyOf(lines);
    }

    private static Failure problems(List<LexiconProblem> problems, Throwable cause) {
        return problems(WRONG_USE, "InvalidInput", problems, cause);
    }

    private static Failure problems(int status, String code, List<LexiconProblem> problems, Throwable cause) {
        return new Failure(
                status, code, problems.stream().map(LexiconProblem::toString).toList(), cause);
    }

    /** Returns a failure for an invalid command line. */
    public static Failure usage(String message) {
        return new Failure(WRONG_USE, "Usage", message, null);
    }

    /** Returns a failure for a valid command line with unusable values. */
    public static Failure input(String message) {
        return new Failure(WRONG_USE, "InvalidInput", message, null);
    }

    /** Returns a failure for a command that needs a stored session. */
    public static Failure notSignedIn(String message) {
        return new Failure(NOT_SIGNED_IN, "NotSignedIn", message, null);
    }

    /** Returns a failure to read or write a file or folder. */
    public static Failure storage(String message, Throwable cause) {
        Throwable root = cause instanceof UncheckedIOException && cause.getCause() != null ? cause.getCause() : cause;
        return new Failure(WRONG_USE, "Storage", message + ": " + reason(root), cause);
    }

    private static String reason(Throwable io) {
        String message = String.valueOf(io.getMessage());
        // The message of these exceptions is only the path; the class identifies the problem.
        return io instanceof java.nio.file.FileSystemException
                ? io.getClass().getSimpleName().replaceFirst("Exception$", "") + ' ' + message
                : message;
    }

    /** Converts an exception to a failure. */
    public static Failure of(Throwable e) {
        if (e instanceof Failure failure) {
            return failure;
        } else if (e instanceof XrpcTransportException lost) {
            return of(lost.failure());
        } else if (e instanceof ResponseTooLargeException) {
            return new Failure(REFUSED, "ResponseTooLarge", e.getMessage(), e);
        } else if (e instanceof TransportException) {
            String code = e instanceof TransportTimeoutException
                    ? "Timeout"
                    : e instanceof ProxyException ? "Proxy" : "Network";
            return new Failure(NETWORK, code, e.getMessage(), e);
        } else if (e instanceof XrpcResponseException refusal) {
            return new Failure(REFUSED, refusal.error(), e.getMessage(), e);
        } else if (e instanceof XrpcResponseTooLargeException) {
            return new Failure(REFUSED, "ResponseTooLarge", e.getMessage(), e);
        } else if (e instanceof XrpcInvalidResponseException) {
            return new Failure(REFUSED, "InvalidResponse", e.getMessage(), e);
        } else if (e instanceof SessionException session) {
            return of(session);
        } else if (e instanceof IdentityException identity) {
            return of(identity);
        } else if (e instanceof InstallException install) {
            return of(install);
        } else if (e instanceof PostUnavailableException) {
            return new Failure(REFUSED, "PostUnavailable", e.getMessage(), e);
        } else if (e instanceof VideoException && !(e instanceof InvalidVideoException)) {
            return new Failure(REFUSED, "Video", e.getMessage(), e);
        } else if (e instanceof InvalidLexiconsException invalid) {
            return problems(invalid.problems(), e);
        } else if (e instanceof CodegenException codegen && !codegen.problems().isEmpty()) {
            return problems(codegen.problems(), e);
        } else if (e instanceof StreamRefusedException refused) {
            return new Failure(REFUSED, refused.error(), e.getMessage(), e);
        } else if (e instanceof StreamException) {
            return new Failure(NETWORK, "Network", e.getMessage(), e);
        } else if (e instanceof XrpcRequestException
                || e instanceof CodegenException
                || e instanceof InvalidPostException
                || e instanceof ImageException
                || e instanceof InvalidVideoException
                || e instanceof RepoException
                || e instanceof LexDataException
                || e instanceof LexValidationException) {
            return new Failure(WRONG_USE, "InvalidInput", e.getMessage(), e);
        } else if (e instanceof SessionStoreException) {
            String message = String.valueOf(e.getMessage());
            String hint = message.contains("the store has no key") ? " ($ATLEX_STORE_PASSPHRASE is not set)" : "";
            return new Failure(WRONG_USE, "Storage", message + hint, e);
        } else if (e instanceof UncheckedIOException) {
            return storage("can't access a file", e);
        } else if (e instanceof OutOfMemoryError) {
            return new Failure(
                    WRONG_USE,
                    "OutOfMemory",
                    "the input needs more memory; raise the limit with ATLEX_JAVA_OPTS=-Xmx4g",
                    e);
        }
        return new Failure(
                REFUSED, "Internal", "unexpected failure (" + e + "); run again with --verbose for a stack trace", e);
    }

    private static Failure of(SessionException e) {
        String error = e.error();
        if (e instanceof SessionEndedException) {
            return new Failure(NOT_SIGNED_IN, error == null ? "SessionEnded" : error, e.getMessage(), e);
        } else if (e instanceof AccountMigratedException) {
            return new Failure(NOT_SIGNED_IN, "AccountMigrated", e.getMessage(), e);
        } else if (e instanceof SignInRateLimitedException) {
            return new Failure(REFUSED, error == null ? "RateLimitExceeded" : error, e.getMessage(), e);
        } else if (e instanceof AccountMismatchException) {
            return new Failure(REFUSED, "AccountMismatch", e.getMessage(), e);
        }
        Failure oauth = OAuthFailures.of(e);
        return oauth != null ? oauth : new Failure(REFUSED, error == null ? "Session" : error, e.getMessage(), e);
    }

    /** Status 4 if a server was unreachable, 2 if a host or DID isn't allowed or supported, else 1. */
    private static Failure of(IdentityException e) {
        if (e.retryable()) {
            return new Failure(NETWORK, "Network", e.getMessage(), e);
        }
        boolean unusable = e instanceof ForbiddenHostException || e instanceof UnsupportedDidException;
        String code = e.getClass().getSimpleName().replaceFirst("Exception$", "");
        return new Failure(unusable ? WRONG_USE : REFUSED, code, e.getMessage(), e);
    }

    /**
     * Returns the failure for the exception's cause. Without a cause, the documents don't match the manifest, which is
     * invalid input.
     */
    private static Failure of(InstallException e) {
        if (e instanceof InstallLimitException limit) {
            String option = "--max-" + limit.limit().substring("max".length()).toLowerCase(Locale.ROOT);
            return new Failure(WRONG_USE, "LimitExceeded", e.getMessage() + " (" + option + ")", e);
        }
        Failure found = ofCause(e);
        return e.problems().isEmpty() ? found : problems(found.status, found.code, e.problems(), e);
    }

    private static Failure ofCause(InstallException e) {
        for (Throwable cause = e.getCause(); cause != null; cause = cause.getCause()) {
            if (cause instanceof IdentityException || cause instanceof XrpcException) {
                Failure found = of(cause);
                return new Failure(found.status, found.code, e.getMessage(), e);
            } else if (cause instanceof IOException || cause instanceof UncheckedIOException) {
                return new Failure(WRONG_USE, "Storage", e.getMessage(), e);
            }
        }
        return new Failure(WRONG_USE, "InvalidInput", e.getMessage(), e);
    }

    /** Returns the messages, one for each problem. */
    public List<String> lines() {
        return lines;
    }

    /** Returns the exit status. */
    public int status() {
        return status;
    }

    /** Returns the error code. */
    public String code() {
        return code;
    }
}
