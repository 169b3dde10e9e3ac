package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.session.SessionData;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Prints a stored session with its tokens. */
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        description = {
            "Print a stored session as JSON, including its tokens.",
            "Protect the output like a password. Its fields are those that the TypeScript package "
                    + "@atproto/lex-password-session saves: {\"did\",\"handle\",\"accessJwt\",\"refreshJwt\",\"service\",...}"
        },
        footer = {
            "",
            "Examples:",
            "  atlex export > session.json",
            "  atlex export --account alice.example.com | ssh server atlex import -"
        })
public final class Export implements Callable<Integer> {
    private final CommandContext context;

    @Mixin
    private AccountOption account = new AccountOption();

    /** Creates the command. */
    public Export(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        SessionData data = account.choose(context);
        context.print(data.toJson());
        return 0;
    }
}
