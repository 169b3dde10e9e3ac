package dev.atlex.cli;

import dev.atlex.client.XrpcException;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.InvalidSyntaxException;
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
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
        name = "login",
        mixinStandardHelpOptions = true,
        description = {
            "Signs in and stores the session. Where one of the account is stored that still works, it is renewed instead, "
                    + "as servers allow few sign-ins.",
            "The password (an app password will do) is the value of $ATLEX_PASSWORD, else the first line of stdin, "
                    + "else it is asked for; never an argument.",
            "Prints the account as JSON: {\"did\",\"handle\",\"service\",\"pds\",\"active\",\"status\"}, pds and status "
                    + "where they are known."
        })
final class Login implements Callable<Integer> {
    private final Atlex atlex;

    @Option(
            names = "--service",
            paramLabel = "URL",
            description = "The account's server: https://bsky.social. By default the handle or DID leads to it.")
    private @Nullable String service;

    @Option(
            names = "--auth-factor-token",
            paramLabel = "CODE",
            description = "The code that the server has sent by e-mail, where it asks for one.")
    private @Nullable String authFactorToken;

    @Option(
            names = "--new",
            description = "Signs in although a session of the account is stored, which this one replaces.")
    private boolean anew;

    @Parameters(paramLabel = "IDENTIFIER", description = "The account's handle, e-mail address or DID.")
    private String identifier = "";

    private boolean signedIn;
    private @Nullable RuntimeException notSaved;

    @Mixin
    private IdentityOptions identity = new IdentityOptions();

    Login(Atlex atlex) {
        this.atlex = atlex;
    }

    @Override
    public Integer call() {
        String account = account();
        if (service == null && !AtIdentifier.isValid(account)) {
            throw Failure.usage("--service URL is needed, unless the account is named by its handle or DID");
        } else if (service != null && identity.isGiven()) {
            throw Failure.usage("either --service, or the options by which the server is found");
        }
        IdentityResolver resolver = identity.resolver(atlex);
        atlex.redactor().add(authFactorToken);
        Terminal terminal = atlex.world().terminal().get();
        String password = new PasswordSource(atlex.world(), terminal).read(account);
        atlex.redactor().add(password);
        Credentials credentials;
        try {
            credentials = service == null
                    ? Credentials.resolve(account, password, resolver)
                    : Credentials.of(service, account, password);
        } catch (IllegalArgumentException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
        // A server that a stranger's document names is asked as carefully as it was found.
        Transport transport = service == null ? resolver.transport() : atlex.transport();
        SessionOptions options = options(transport, terminal);
        PasswordSession session = open(credentials.withAuthFactorToken(authFactorToken), options);
        SessionData data = session.data();
        atlex.redactor().add(data);
        if (!session.isSaved()) {
            throw discard(session);
        }
        atlex.print(Accounts.describe(data));
        return 0;
    }

    /** Before the password is asked for: a mistake costs neither a question nor a sign-in. */
    private String account() {
        try {
            return UserInput.signInIdentifier(identifier);
        } catch (InvalidSyntaxException e) {
            throw Failure.input(String.valueOf(e.getMessage()));
        }
    }

    /** A session that is there already is not taken on trust: who signs in wants to be signed in. */
    private PasswordSession open(Credentials credentials, SessionOptions options) {
        if (anew) {
            return PasswordSession.login(credentials, options);
        }
        PasswordSession session = PasswordSession.open(credentials, options);
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
            return PasswordSession.open(credentials, options);
        }
    }

    private SessionOptions options(Transport transport, @Nullable Terminal terminal) {
        return SessionOptions.of(options -> {
            options.transport(transport)
                    .store(atlex.store())
                    .logoutOnClose(false)
                    .listener(this::listen);
            if (terminal != null) {
                options.authFactor(needed ->
                        terminal.readLine(atlex.redactor().line(String.valueOf(needed.getMessage())) + "\nCode: "));
            }
        });
    }

    private void listen(SessionEvent event) {
        signedIn |= event instanceof SessionEvent.SignedIn;
        if (event instanceof SessionEvent.SaveFailed failed) {
            notSaved = failed.failure();
        }
    }

    /** What the store itself said; other exceptions are for --verbose. */
    private static String reason(@Nullable Throwable cause) {
        return cause instanceof SessionStoreException ? ": " + cause.getMessage() : "";
    }

    /** One that can't be stored must not live on at the server. */
    private Failure discard(PasswordSession session) {
        Throwable cause = notSaved == null || notSaved.getCause() == null ? notSaved : notSaved.getCause();
        Failure failure = new Failure(
                Failure.WRONG_USE, "Storage", "signed in, but the session can't be stored" + reason(cause), cause);
        try {
            session.logout();
        } catch (XrpcException orphaned) {
            failure.addSuppressed(orphaned);
        }
        return failure;
    }
}
