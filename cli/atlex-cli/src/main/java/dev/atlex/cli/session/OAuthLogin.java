package dev.atlex.cli.session;

import com.atproto.identity.ResolveHandle;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.client.Agent;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.internal.Origins;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.data.internal.Excerpt;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.AuthorizeOptions;
import dev.atlex.oauth.Browser;
import dev.atlex.oauth.BrowserUnavailableException;
import dev.atlex.oauth.LoopbackReceiver;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Signs in with OAuth: the user authorizes the command in a browser, which is redirected to a port on this machine. */
final class OAuthLogin {
    private static final Duration MAX_WAIT = Duration.ofMinutes(5);

    private final CommandContext context;
    private final String identifier;
    private final @Nullable URI server;
    private final boolean opensBrowser;
    private final @Nullable Scopes scopes;

    /**
     * Creates a sign-in.
     *
     * @param identifier a handle, DID or email address; the latter needs a server
     * @param server the origin of the server to sign in to, or null for the account's own
     * @param opensBrowser whether to open the browser in addition to printing the URL
     * @param scopes the values of {@code --scope}, each with one or more scopes; empty to request the default scopes
     * @throws Failure if a scope is invalid
     */
    OAuthLogin(
            CommandContext context,
            String identifier,
            @Nullable URI server,
            boolean opensBrowser,
            List<String> scopes) {
        this.context = context;
        this.identifier = identifier;
        this.server = server;
        this.opensBrowser = opensBrowser;
        this.scopes = scopes.isEmpty() ? null : scopes(String.join(" ", scopes));
    }

    /** Parses scopes, and adds {@code atproto}, which every sign-in needs. */
    private static Scopes scopes(String text) {
        List<Scope> requested = new ArrayList<>(List.of(Scope.ATPROTO));
        try {
            requested.addAll(Scopes.parse(text));
        } catch (InvalidSyntaxException e) {
            throw Failure.input("--scope: " + e.getMessage());
        }
        for (Scope scope : requested) {
            if (scope instanceof Scope.Other other) {
                // Servers ignore such scopes, so a typo would show only when a call is refused.
                String problem = other.problem();
                throw Failure.input("--scope: invalid scope " + Excerpt.quote(scope.toString()) + ": "
                        + (problem == null
                                ? "expected atproto, transition:…, repo:…, rpc:…, blob:…, account:…, identity:… or include:…"
                                : problem));
            }
        }
        return Scopes.of(requested);
    }

    /**
     * Returns the origin of a server.
     *
     * @throws Failure if the URL isn't that of a server
     */
    static URI server(String url) {
        try {
            return Origins.parse(url);
        } catch (IllegalArgumentException e) {
            throw Failure.input("--service: " + e.getMessage());
        }
    }

    /** Refreshes the account's stored session. Returns the account as login prints it, or null if no session works. */
    @Nullable
    LexMap refreshStored() {
        OAuthAccount stored = stored();
        if (stored == null || !hasScopes(stored)) {
            return null;
        }
        OAuthStoredSession session;
        try {
            session = new OAuthStoredSession(context, stored);
        } catch (LexDataException e) {
            return null; // The session belongs to a different client. The new session replaces it.
        }
        try {
            session.refresh();
            return describe(session, ask(session));
        } catch (SessionEndedException e) {
            return null;
        }
    }

    /** Returns whether the session was requested with the scopes of the command line, if there are any. */
    private boolean hasScopes(OAuthAccount stored) {
        try {
            return scopes == null
                    || OAuthClients.metadata(stored.data()).scopes().equals(scopes);
        } catch (LexDataException e) {
            return false;
        }
    }

    private @Nullable OAuthAccount stored() {
        OAuthAccount[] found = new OAuthAccount[1];
        Accounts.forEachOAuth(context, entry -> {
            OAuthAccount account = new OAuthAccount(entry);
            boolean isNamed = identifier.equals(account.did().toString())
                    || identifier.equalsIgnoreCase(account.handle().toString());
            if (isNamed && (server == null || server.equals(account.service()) || server.equals(account.pds()))) {
                found[0] = account;
            }
        });
        return found[0];
    }

    /** Signs in. Returns the account as login prints it. */
    LexMap signIn(IdentityResolver resolver) {
        OAuthClient client = OAuthClients.forSignIn(context, resolver, scopes == null ? OAuthClients.SCOPES : scopes);
        client.sweep();
        Did did;
        try (LoopbackReceiver receiver = LoopbackReceiver.open(client.metadata())) {
            AuthorizeOptions options = AuthorizeOptions.of(o -> o.redirectUri(receiver.redirectUri()));
            AtIdentifier account = account(resolver);
            Authorization authorization = account != null
                    ? client.authorize(account, options)
                    : client.authorizeAt(Objects.requireNonNull(server), options);
            show(authorization.url());
            String query = receiver.await(authorization, MAX_WAIT);
            did = client.callback(query, authorization.browserSecret())
                    .session()
                    .did();
        }
        OAuthAccount account =
                new OAuthAccount(Objects.requireNonNull(context.store().load(Key.oauth(did, null))));
        OAuthStoredSession session = new OAuthStoredSession(context, account);
        LexMap described = describe(session, ask(session));
        StoredAccount.endOther(context, account);
        return described;
    }

    /**
     * Returns the account to sign in with, so that no other account's stored session is replaced. Returns null for an
     * email address, which only the server knows. A handle is resolved by the server, if the user specified one.
     */
    private @Nullable AtIdentifier account(IdentityResolver resolver) {
        if (!AtIdentifier.isValid(identifier)) {
            return null;
        }
        AtIdentifier account = AtIdentifier.of(identifier);
        if (server == null || !(account instanceof Handle handle)) {
            return account;
        }
        return new Client(Agent.of(server, resolver.transport()))
                .call(ResolveHandle.QUERY, parameters -> parameters.handle(handle))
                .did();
    }

    private void show(URI url) {
        context.environment().err().println("open: " + url);
        context.environment().err().flush();
        if (!opensBrowser) {
            return;
        }
        try {
            Browser.system().open(url);
        } catch (BrowserUnavailableException e) {
            context.warn("can't open a browser (" + e.getMessage() + "); open the URL yourself");
        }
    }

    /**
     * Asks the server about the account. Returns an empty object if that fails: the session itself is already verified.
     */
    private static LexMap ask(OAuthStoredSession session) {
        CallOptions lenient = CallOptions.of(options -> options.strict(false));
        try {
            return session.use(lenient, client -> client.call(Whoami.GET_SESSION));
        } catch (SessionEndedException e) {
            throw e;
        } catch (LexException e) {
            return LexMap.of();
        }
    }

    /** Keeps the handle that the server reported, and returns the account as login prints it. */
    private LexMap describe(OAuthStoredSession session, LexMap response) {
        OAuthAccount account = session.account();
        String handle = response.getString("handle");
        if (handle != null && Handle.isValid(handle) && !Handle.of(handle).isInvalid()) {
            account = OAuthAccount.named(context.store(), account.did(), Handle.of(handle));
        }
        return account.describe(!Boolean.FALSE.equals(response.getBoolean("active")), response.getString("status"));
    }
}
