package dev.atlex.cli.session;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.IdentityOptions;
import dev.atlex.cli.runtime.Options;
import dev.atlex.cli.runtime.Terminal;
import dev.atlex.client.XrpcException;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionOptions;
import dev.atlex.session.SessionStoreException;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.UserInput;
import java.net.URI;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Signs in and stores the session. */
public final class Login implements Command {
    private final CommandContext context;
    private @Nullable String service;
    private @Nullable String authFactorToken;
    private boolean replace;
    private boolean oauth;
    private boolean noBrowser;
    private List<String> scopes = List.of();
    private String identifier = "";
    private boolean signedIn;
    private @Nullable RuntimeException saveFailure;
    private final IdentityOptions identity = new IdentityOptions();

    /** Creates the command. */
    public Login(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("login", this)
                .description(
                        "Sign in and store the session.",
                        "If a stored session for the account still works, it is refreshed instead, because servers limit sign-ins.",
                        "The password (preferably an app password) is read from $ATLEX_PASSWORD, else from the first line of "
                                + "stdin, else from a prompt. It is never passed as an argument.",
                        "With --oauth, no password is needed: you authorize the command in your browser. The URL is also printed to "
                                + "stderr, as \"open: URL\". The browser must run on this machine, and you must "
                                + "finish within 5 minutes. With --scope, replaces a stored session that was requested "
                                + "with different scopes.",
                        "Prints the account as JSON: {\"did\",\"handle\",\"service\",\"pds\",\"active\",\"status\"}. pds and status are "
                                + "left out if unknown.")
                .examples(
                        "atlex login alice.example.com",
                        "atlex login --oauth alice.example.com",
                        "atlex login --oauth --scope repo:app.bsky.feed.post --scope 'blob:*/*' alice.example.com",
                        "atlex login --service https://pds.example.com alice@example.com < password.txt")
                .add(Options.text(
                        "--service",
                        "URL",
                        "Server that hosts the account, for example https://bsky.social. Default: found from "
                                + "the handle or DID.",
                        value -> service = value))
                .add(Options.text(
                        "--auth-factor-token",
                        "CODE",
                        "Sign-in code that the server sent by email.",
                        value -> authFactorToken = value))
                .add(Options.flag("--oauth", "Sign in with the browser instead of a password.", value -> oauth = value))
                .add(Options.flag(
                        "--no-browser",
                        "With --oauth: print the URL, but don't open the browser.",
                        value -> noBrowser = value))
                .add(Options.list(
                        "--scope",
                        "SCOPE",
                        "With --oauth: permission to request, such as repo:app.bsky.feed.post; atproto is added. Repeatable. "
                                + "Default: all that an app password allows.",
                        String.class,
                        value -> scopes = value))
                .add(Options.flag(
                        "--new",
                        "Sign in even if a session for the account is stored, and replace the session.",
                        value -> replace = value))
                .add(Options.argument(
                        "IDENTIFIER", "Handle, email address or DID of the account.", value -> identifier = value))
                .add(identity)
                .build();
    }

    @Override
    public Integer call() {
        String account = account();
        if (service == null && !AtIdentifier.isValid(account)) {
            throw Failure.usage("--service URL is required, because a server can't be found from an email address");
        } else if (oauth) {
            return signInByOAuth(account);
        } else if (noBrowser) {
            throw Failure.usage("--no-browser requires --oauth");
        } else if (!scopes.isEmpty()) {
            throw Failure.usage("--scope requires --oauth");
        } else if (service != null && identity.isGiven()) {
            throw Failure.usage("--service can't be combined with --plc, --dns or --allow-private");
        }
        IdentityResolver resolver = identity.resolver(context);
        context.redactor().add(authFactorToken);
        Terminal terminal = context.environment().terminal().get();
        String password = new PasswordSource(context.environment(), terminal).read(account);
        context.redactor().add(password);
        Credentials credentials;
        try {
            credentials = service == null
                    ? Credentials.resolve(account, password, resolver)
                    : Credentials.of(service, account, password);
        } catch (IllegalArgumentException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
        // A server found through a DID document is untrusted: requests to it need the resolver's safeguards.
        Transport transport = service == null ? resolver.transport() : context.transport();
        SessionOptions options = options(transport, terminal);
        PasswordSession session = open(credentials.withAuthFactorToken(authFactorToken), options);
        SessionData data = session.data();
        context.redactor().add(data);
        if (!session.isSaved()) {
            throw discard(session);
        }
        PasswordAccount stored = new PasswordAccount(data);
        StoredAccount.endOther(context, stored);
        context.showFields(stored.describe());
        return 0;
    }

    private int signInByOAuth(String account) {
        if (authFactorToken != null) {
            throw Failure.usage(
                    "--auth-factor-token can't be combined with --oauth, because the server's page asks for it");
        }
        URI server = service == null ? null : OAuthLogin.server(service);
        IdentityResolver resolver = identity.resolver(context, server);
        OAuthLogin login = new OAuthLogin(context, account, server, !noBrowser, scopes);
        LexMap described = replace ? null : login.refreshStored();
        context.showFields(described == null ? login.signIn(resolver) : described);
        return 0;
    }

    /** Returns the normalized identifier. Called first, so that a typo costs neither a prompt nor a sign-in. */
    private String account() {
        try {
            return UserInput.signInIdentifier(identifier);
        } catch (InvalidSyntaxException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
    }

    /** Signs in, or refreshes the stored session to make sure that it still works. */
    private PasswordSession open(Credentials credentials, SessionOptions options) {
        if (replace) {
            return PasswordSession.login(credentials, options);
        }
        PasswordSession session = PasswordSession.open(credentials, context.store(), options);
        if (signedIn) {
            return session;
        }
        try {
            RuntimeException failure = session.refresh().failure();
            if (failure != null) {
                throw failure;
            }
            return session;
        } catch (SessionEndedException e) {
            return PasswordSession.open(credentials, context.store(), options);
        }
    }

    private SessionOptions options(Transport transport, @Nullable Terminal terminal) {
        return SessionOptions.of(options -> {
            options.transport(transport)
                    .store(context.store())
                    .logoutOnClose(false)
                    .listener(this::listen);
            if (terminal != null) {
                options.authFactor(needed ->
                        terminal.readLine(context.redactor().line(String.valueOf(needed.getMessage())) + "\nCode: "));
            }
        });
    }

    private void listen(SessionEvent event) {
        signedIn |= event instanceof SessionEvent.SignedIn;
        if (event instanceof SessionEvent.SaveFailed failed) {
            saveFailure = failed.failure();
        }
    }

    /** Returns the message of a store's exception. Other exceptions are shown only with {@code --verbose}. */
    private static String reason(@Nullable Throwable cause) {
        return cause instanceof SessionStoreException ? ": " + cause.getMessage() : "";
    }

    /** Ends a session that can't be stored, so that it doesn't stay open on the server. */
    private Failure discard(PasswordSession session) {
        Throwable cause = saveFailure == null || saveFailure.getCause() == null ? saveFailure : saveFailure.getCause();
        Failure failure = new Failure(
                Failure.WRONG_USE, "Storage", "signed in, but failed to store the session" + reason(cause), cause);
        try {
            session.logout();
        } catch (XrpcException orphaned) {
            failure.addSuppressed(orphaned);
        }
        return failure;
    }
}
