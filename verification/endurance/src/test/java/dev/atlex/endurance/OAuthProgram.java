package dev.atlex.endurance;

import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthOptions;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.store.SessionStore;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The OAuth client that all processes of a test are. */
final class OAuthProgram {
    private OAuthProgram() {}

    /** Returns the client in this process. */
    static OAuthClient client(
            SessionStore store, String plcUrl, Transport transport, Consumer<? super OAuthOptions.Builder> options) {
        // Its transport also sends the requests to the authorization server.
        IdentityResolver identity = IdentityResolver.builder()
                .transport(transport)
                .plcUrl(URI.create(plcUrl))
                .allowPrivateAddresses(true)
                .dns(name -> List.of())
                .build();
        return OAuthClient.of(store, o -> {
            o.metadata(ClientMetadata.loopback(Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC)))
                    .identity(identity)
                    .transport(transport);
            options.accept(o);
        });
    }

    /** Signs an account in, and leaves its session in the store, with an id or as the account's only one. */
    static void signIn(OAuthClient client, OAuthServer server, TestAccount account, @Nullable String sessionId) {
        Authorization authorization = client.authorize(account.did(), o -> {
            if (sessionId != null) {
                o.sessionId(sessionId);
            }
        });
        client.callback(server.authorize(authorization.url(), account), authorization.browserSecret())
                .session()
                .close();
    }
}
