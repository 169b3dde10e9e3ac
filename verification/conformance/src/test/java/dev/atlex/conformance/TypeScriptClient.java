package dev.atlex.conformance;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Runs the TypeScript clients, {@code @atproto/lex-password-session} and {@code @atproto/oauth-client-node}, with the
 * installed Node, to exchange stored sessions with them.
 */
public final class TypeScriptClient {
    private static final Duration LIMIT = Duration.ofSeconds(60);

    private final Installation installation;

    /**
     * Installs the client if necessary (minutes).
     *
     * @throws IllegalStateException if the installation fails. The message contains the end of its output.
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
     * Begins a sign-in with OAuth.
     *
     * @param state the file to write, which will contain secrets
     * @param algorithm the algorithm for the DPoP key, or null to let the client choose
     * @return the URL for the browser
     */
    public URI authorize(URI pds, URI plc, String clientId, String handle, Path state, @Nullable String algorithm) {
        List<String> arguments = new ArrayList<>(
                List.of("authorize", pds.toString(), plc.toString(), clientId, handle, state.toString()));
        if (algorithm != null) {
            arguments.add(algorithm);
        }
        String json = run("ts-oauth.mjs", arguments.toArray(String[]::new));
        return URI.create(Json.string(Json.object(json), "url"));
    }

    /**
     * Finishes a sign-in with OAuth, and stores the session as JSON, in the form that upstream passes to session
     * stores.
     *
     * @param out the file to write, which will contain secrets
     */
    public Identity callback(URI pds, URI plc, String clientId, Path state, URI callback, Path out) {
        return identity(run(
                "ts-oauth.mjs",
                "callback",
                pds.toString(),
                plc.toString(),
                clientId,
                state.toString(),
                callback.toString(),
                out.toString()));
    }

    /** Like {@link #resume}, for an OAuth session. */
    public Identity resumeOAuth(URI pds, URI plc, String clientId, Path session) {
        return identity(run("ts-oauth.mjs", "resume", pds.toString(), plc.toString(), clientId, session.toString()));
    }

    /**
     * Runs a script of {@code verification/conformance/reference}.
     *
     * @return the script's standard output
     * @throws IllegalStateException if it exits with a code other than 0 or runs for over a minute. The message
     *     contains the end of its errors, but never the arguments, which may contain a password.
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
