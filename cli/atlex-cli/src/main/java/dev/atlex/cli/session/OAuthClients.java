package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.IdentityOptions;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexException;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSessionData;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.SessionListener;
import java.net.URI;

/**
 * Creates OAuth clients. The command has no published metadata, so its {@code client_id} contains the scopes. A session
 * belongs to the client that started it, and a different version of this program may request different scopes. That's
 * why each session is used with the client recorded in its data.
 */
final class OAuthClients {
    /** The scopes for everything that a password session may do. Servers let the user decide what to grant. */
    static final Scopes SCOPES =
            Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC, Scope.TRANSITION_CHAT, Scope.TRANSITION_EMAIL);

    private OAuthClients() {}

    /** Returns the client that signs in and requests the scopes. */
    static OAuthClient forSignIn(CommandContext context, IdentityResolver identity, Scopes scopes) {
        return OAuthClient.of(
                context.store(),
                options -> options.metadata(ClientMetadata.loopback(scopes))
                        .transport(context.transport())
                        .identity(identity));
    }

    /**
     * Returns the client that a session belongs to.
     *
     * @throws LexDataException if this program can't act as that client
     */
    static OAuthClient of(CommandContext context, OAuthSessionData data, SessionListener listener) {
        ClientMetadata metadata = metadata(data);
        // The issuer was verified at sign-in, with the options that the user gave at the time.
        IdentityResolver identity = new IdentityOptions().resolver(context, data.issuer());
        return OAuthClient.of(
                context.store(),
                options -> options.metadata(metadata)
                        .transport(context.transport())
                        .identity(identity)
                        .listener(listener));
    }

    /**
     * Returns the metadata of the client that a session belongs to.
     *
     * @throws LexDataException if this program can't act as that client
     */
    static ClientMetadata metadata(OAuthSessionData data) {
        String id = data.clientId();
        if (id == null) {
            return ClientMetadata.loopback(SCOPES);
        }
        ClientMetadata metadata = null;
        try {
            metadata = ClientMetadata.ofLoopbackId(URI.create(id));
        } catch (LexException | IllegalArgumentException e) {
            // Reported below, like a mismatched client.
            metadata = null;
        }
        boolean authenticates = OAuthSessionData.PRIVATE_KEY_JWT.equals(data.authMethod()) || data.keyId() != null;
        if (metadata == null || authenticates) {
            throw new LexDataException(
                    "$.clientId",
                    "the session for " + data.did() + " belongs to the client " + id
                            + ", and only that client can use it; sign in with atlex login --oauth");
        }
        return metadata;
    }
}
