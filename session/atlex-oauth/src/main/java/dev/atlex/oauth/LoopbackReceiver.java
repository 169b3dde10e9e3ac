package dev.atlex.oauth;

import dev.atlex.client.transport.TransportInterruptedException;
import dev.atlex.oauth.internal.signin.LoopbackServer;
import java.net.URI;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Receives one callback on this machine, for programs without a web server. Listens on the loopback address only, by
 * default on a port that the system chooses, and accepts only the callback of the expected sign-in.
 *
 * <p>{@link OAuthClient#open} does all of this. Use a receiver to control each step:
 *
 * <pre>{@code
 * try (LoopbackReceiver receiver = LoopbackReceiver.open(client.metadata())) {
 *     Authorization authorization = client.authorize(account, o -> o.redirectUri(receiver.redirectUri()));
 *     System.err.println("open: " + authorization.url());
 *     String query = receiver.await(authorization, Duration.ofMinutes(5));
 *     session = client.callback(query, authorization.browserSecret()).session();
 * }
 * }</pre>
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc8252#section-7.3">RFC 8252: loopback interface redirection</a>
 */
public final class LoopbackReceiver implements AutoCloseable {
    private final LoopbackServer server;

    private LoopbackReceiver(LoopbackServer server) {
        this.server = server;
    }

    /**
     * Starts listening on the client's first loopback redirect URI. If the URI has no port, the system chooses
     * one.
     *
     * @throws IllegalArgumentException if the client declares no redirect URI on the loopback address
     * @throws LoopbackException if the port is in use
     */
    public static LoopbackReceiver open(ClientMetadata metadata) {
        URI declared = metadata.redirectUris().stream()
                .filter(RedirectUris::isLoopback)
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException(
                        "the client declares no redirect URI on the loopback address, such as"
                                + " http://127.0.0.1/callback (got " + metadata.redirectUris() + ")"));
        return new LoopbackReceiver(LoopbackServer.listen(declared));
    }

    /** Returns the redirect URI with the port. Pass it to {@link AuthorizeOptions.Builder#redirectUri}. */
    public URI redirectUri() {
        return server.redirectUri();
    }

    /**
     * Waits until the browser sends the callback of the given sign-in, and shows a page that asks the user to
     * return to the program. Other requests get an error page, and don't end the wait. May be called once.
     *
     * @param maxWait the longest wait; positive
     * @return the query of the callback, for {@link OAuthClient#callback}; a secret
     * @throws AuthorizationExpiredException if the callback doesn't arrive in time
     * @throws IllegalStateException if the receiver is closed
     * @throws TransportInterruptedException if the thread is interrupted; its interrupt flag stays set
     */
    public String await(Authorization authorization, Duration maxWait) {
        try {
            return server.await(authorization.state(), maxWait);
        } catch (TimeoutException e) {
            throw new AuthorizationExpiredException("the browser didn't return within " + maxWait.toSeconds() + " s");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new TransportInterruptedException("interrupted while waiting for the browser to return", e, true);
        } finally {
            close();
        }
    }

    /** Stops listening. Does nothing if the receiver is closed. */
    @Override
    public void close() {
        server.close();
    }
}
