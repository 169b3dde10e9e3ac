package dev.atlex.cli;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import picocli.CommandLine.Model.CommandSpec;

/** The root command. It does nothing itself, but all commands inherit its options. */
final class Atlex implements Command {
    private final CommandContext context;

    Atlex(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("atlex", this)
                .description("Use the AT Protocol from a shell: sign in, post, call any method, validate data and "
                        + "generate Java "
                        + "sources.")
                .details(
                        "Results go to stdout. A failure is one line on stderr, error: CODE: message. CODE is the server's error name, "
                                + "or one of: Usage, InvalidInput, Storage, NotSignedIn, SessionEnded, "
                                + "AccountMigrated, "
                                + "AccountMismatch, Session, Network, Timeout, InvalidResponse, ResponseTooLarge, LimitExceeded, "
                                + "OutOfMemory, PostUnavailable, Video, Internal. Finding an account can also fail with HandleNotFound, HandleMismatch, "
                                + "DidNotFound, UnsupportedDid, InvalidDidDocument, AuthorityNotFound or "
                                + "ForbiddenHost. OAuth can also fail with access_denied and other "
                                + "error codes from OAuth servers, or with "
                                + "AuthorizationExpired, BrowserMismatch, "
                                + "ClientMetadata, Discovery, InvalidAuthorization, IssuerMismatch, Loopback, OAuthResponse, "
                                + "OAuthUnsupported, ScopeMissing or SessionBusy.",
                        "Exit status: 0 success, 1 rejected by the server, 2 wrong usage or input, 3 not signed in or signed out "
                                + "by the server, 4 network failure.",
                        "Environment: ATLEX_STORE and ATLEX_ACCOUNT set the defaults for --store and --account. "
                                + "ATLEX_PASSWORD is "
                                + "the password for login. ATLEX_STORE_PASSPHRASE encrypts the store. NO_COLOR and CLICOLOR_FORCE "
                                + "turn colors off and on. COLUMNS sets the output width.")
                .examples(
                        "atlex login alice.example.com",
                        "atlex post \"Hello from the shell! https://example.com\"",
                        "atlex call app.bsky.actor.getProfile actor=alice.example.com")
                .add(context)
                .build();
    }

    @Override
    public Integer call() {
        throw Failure.usage("no command given; run atlex help COMMAND for details");
    }
}
