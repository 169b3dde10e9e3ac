package dev.atlex.oauth;

import dev.atlex.oauth.internal.signin.AuthorizationStarter;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Handle;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** Checks the options for a sign-in against the metadata of the client, before any request. */
final class AuthorizeRequests {
    private AuthorizeRequests() {}

    /**
     * Returns the request for a sign-in.
     *
     * @param account the account, or null if the sign-in starts with a server
     * @throws IllegalArgumentException if the client doesn't declare the scopes or the redirect URI, or can't use the
     *     prompt
     */
    static AuthorizationStarter.Request of(
            ClientMetadata metadata, @Nullable AtIdentifier account, AuthorizeOptions options) {
        Prompt prompt = options.prompt();
        if (prompt == Prompt.NONE && !metadata.isConfidential()) {
            throw new IllegalArgumentException("servers allow the prompt none to confidential clients only");
        }
        return new AuthorizationStarter.Request(
                account == null ? null : account.toString(),
                account instanceof Handle handle ? handle.normalized().toString() : null,
                scopes(metadata, options).toString(),
                redirectUri(metadata, options),
                prompt == null ? null : prompt.toString(),
                options.state(),
                options.sessionId());
    }

    private static Scopes scopes(ClientMetadata metadata, AuthorizeOptions options) {
        Scopes requested = options.scopes();
        if (requested == null) {
            return metadata.scopes();
        }
        for (Scope scope : requested) {
            if (!metadata.scopes().contains(scope)) {
                throw new IllegalArgumentException("the client's metadata doesn't declare the scope " + scope + " (got "
                        + metadata.scopes() + ")");
            }
        }
        if (!requested.contains(Scope.ATPROTO)) {
            throw new IllegalArgumentException("the scope atproto must be requested (got \"" + requested + "\")");
        }
        return requested;
    }

    private static URI redirectUri(ClientMetadata metadata, AuthorizeOptions options) {
        URI requested = options.redirectUri();
        if (requested == null) {
            return metadata.redirectUris().get(0);
        }
        if (metadata.redirectUris().stream().noneMatch(declared -> RedirectUris.matches(declared, requested))) {
            throw new IllegalArgumentException("the client's metadata doesn't declare the redirect URI " + requested
                    + " (got " + metadata.redirectUris() + ")");
        }
        return requested;
    }
}
