package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.data.LexDataException;
import dev.atlex.session.SessionData;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Parameters;

/** Stores an exported session. */
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        description = {
            "Store an exported session, from atlex export or the TypeScript package.",
            "It replaces the stored session of the account. No server is contacted. Prints the account as login does."
        },
        footer = {"", "Examples:", "  atlex import session.json", "  atlex import - < session.json"})
public final class Import implements Callable<Integer> {
    private static final int MAX_BYTES = 1 << 20;

    private final CommandContext context;

    @Parameters(paramLabel = "FILE|-", description = "File to import. - reads stdin.")
    private String file = "";

    /** Creates the command. */
    public Import(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        byte[] json = new InputFile(context.environment(), file).read(MAX_BYTES);
        SessionData data;
        try {
            data = SessionData.parse(new String(json, StandardCharsets.UTF_8));
        } catch (LexDataException e) {
            throw new Failure(Failure.WRONG_USE, "InvalidInput", "not an exported session: " + e.getMessage(), e);
        }
        context.redactor().add(data);
        context.store().save(data);
        context.showFields(Accounts.describe(data));
        return 0;
    }
}
