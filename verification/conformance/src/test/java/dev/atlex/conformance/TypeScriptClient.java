package dev.atlex.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the TypeScript client, {@code @atproto/lex-password-session}, in processes of the installed Node, to exchange stored
 * sessions with it.
 */
public final class TypeScriptClient {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Installation installation;

    /**
     * Installs the client if necessary (minutes).
     *
     * @throws IllegalStateException if that fails, with the end of its output
     */
    public TypeScriptClient() {
        this.installation = Installation.reference();
    }

    /** The account that the TypeScript client is signed in as. */
    public record Identity(String handle, String did) {}

    /**
     * Signs in and stores the session as JSON, in upstream's {@code SessionData} format.
     *
     * @param out the file to write, which will contain secrets
     */
    public Identity login(URI service, String identifier, String password, Path out) {
        return identity(run("ts-login.mjs", service.toString(), identifier, password, out.toString()));
    }

    /** Resumes the stored session, which refreshes it, calls getSession, and stores the refreshed session. */
    public Identity resume(Path session) {
        return identity(run("ts-resume.mjs", session.toString()));
    }

    /**
     * Runs a script of {@code verification/conformance/reference}.
     *
     * @return its standard output
     * @throws IllegalStateException if it ends with another exit code than 0 or runs for over a minute, with the end of its
     *     errors (never the arguments, which may hold a password)
     */
    public String run(String script, String... arguments) {
        List<String> command = installation.command(script, List.of(arguments));
        Path out = installation.newLog(script + "-out");
        Path err = installation.newLog(script);
        try {
            int exit = Installation.run(command, out, err, LIMIT);
            if (exit != 0) {
                throw new IllegalStateException(
                        script + " failed with exit code " + exit + ":\n" + Installation.tail(err));
            }
            return Files.readString(out);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Identity identity(String json) {
        Map<String, @Nullable Object> object = Json.object(json);
        return new Identity(Json.string(object, "handle"), Json.string(object, "did"));
    }
}
