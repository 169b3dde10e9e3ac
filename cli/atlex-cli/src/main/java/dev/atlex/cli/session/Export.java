package dev.atlex.cli.session;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import picocli.CommandLine.Model.CommandSpec;

/** Prints a stored session with its tokens. */
public final class Export implements Command {
    private final CommandContext context;
    private final AccountOption account = new AccountOption();

    /** Creates the command. */
    public Export(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("export", this)
                .description(
                        "Print a stored session as JSON, including its tokens.",
                        "Protect the output like a password. A password session has the same fields as in the "
                                + "TypeScript package @atproto/lex-password-session: "
                                + "{\"did\",\"handle\",\"accessJwt\",\"refreshJwt\",\"service\",...}",
                        "An OAuth session has the same fields as in @atproto/oauth-client, plus clientId and handle: "
                                + "{\"authMethod\",\"dpopJwk\",\"tokenSet\",...}. Use an OAuth session in one "
                                + "place only: as soon as one copy refreshes its tokens, other copies "
                                + "stop working.")
                .examples(
                        "atlex export > session.json",
                        "atlex export --account alice.example.com | ssh server atlex import -")
                .add(account)
                .build();
    }

    @Override
    public Integer call() {
        context.print(account.choose(context).export());
        return 0;
    }
}
