package dev.atlex.cli.session;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.cli.runtime.Options;
import dev.atlex.data.LexDataException;
import dev.atlex.session.SessionData;
import java.nio.charset.StandardCharsets;
import picocli.CommandLine.Model.CommandSpec;

/** Stores an exported session. */
public final class Import implements Command {
    private static final int MAX_BYTES = 1 << 20;

    private final CommandContext context;
    private String file = "";

    /** Creates the command. */
    public Import(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("import", this)
                .description(
                        "Store an exported session, from atlex export or the TypeScript package.",
                        "It replaces the stored session of the account. No server is contacted. Prints the account as login does.")
                .examples("atlex import session.json", "atlex import - < session.json")
                .add(Options.argument("FILE|-", "File to import. - reads stdin.", value -> file = value))
                .build();
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
