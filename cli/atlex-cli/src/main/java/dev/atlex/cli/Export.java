package dev.atlex.cli;

import dev.atlex.session.SessionData;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = {
            "Prints a stored session as JSON, its tokens included.",
            "Keep it like a password. It has the fields that the TypeScript package @atproto/lex-password-session "
                    + "saves: {\"did\",\"handle\",\"accessJwt\",\"refreshJwt\",\"service\",...}"
        })
final class Export implements Callable<Integer> {
    private final Atlex atlex;

    @Mixin
    private AccountOption account = new AccountOption();

    Export(Atlex atlex) {
        this.atlex = atlex;
    }

    @Override
    public Integer call() {
        SessionData data = account.choose(atlex);
        atlex.print(data.toJson());
        return 0;
    }
}
