package dev.atlex.cli;

import dev.atlex.data.LexDataException;
import dev.atlex.session.SessionData;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description = {
            "Stores a session that was exported.",
            "It may come from the TypeScript package, too, and takes the place of the account's present one. No "
                    + "server is asked. Prints the account as login does."
        })
final class Import implements Callable<Integer> {
    private static final int MAX_BYTES = 1 << 20;

    private final Atlex atlex;

    @Parameters(paramLabel = "FILE|-", description = "The file, or - for stdin.")
    private String file = "";

    Import(Atlex atlex) {
        this.atlex = atlex;
    }

    @Override
    public Integer call() {
        byte[] json = new InputFile(atlex.world(), file).read(MAX_BYTES);
        SessionData data;
        try {
            data = SessionData.parse(new String(json, StandardCharsets.UTF_8));
        } catch (LexDataException e) {
            throw new Failure(Failure.WRONG_USE, "InvalidInput", "not an exported session: " + e.getMessage(), e);
        }
        atlex.redactor().add(data);
        atlex.store().save(data);
        atlex.print(Accounts.describe(data));
        return 0;
    }
}
