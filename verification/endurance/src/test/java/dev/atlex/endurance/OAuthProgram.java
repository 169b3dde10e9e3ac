package dev.atlex.endurance;

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

/** The OAuth client that all processes of a test are. */
final class OAuthProgram {
    private OAuthProgram() {}

    /** Returns the client in this process. */
    static OAuthClient client(SessionStore store, String plcUrl, Consumer<? super OAuthOptions.Builder> options) {
        IdentityResolver identity = IdentityResolver.builder()
                .plcUrl(URI.create(plcUrl))
                .allowPrivateAddresses(true)
                .dns(name -> List.of())
                .build();
        return OAuthClient.of(store, o -> {
            o.metadata(ClientMetadata.loopback(Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC)))
                    .identity(identity);
            options.accept(o);
        });
    }

    /** Signs an account in, and leaves its session in the store. */
    static void signIn(OAuthClient client, OAuthServer server, TestAccount account) {
        Authorization authorization = client.authorize(account.did());
        client.callback(server.authorize(authorization.url(), account), authorization.browserSecret())
                .session()
                .close();
    }
}
