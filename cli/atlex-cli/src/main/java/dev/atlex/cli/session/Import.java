package dev.atlex.cli.session;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.cli.runtime.Options;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.session.SessionData;
import dev.atlex.session.internal.persist.CompareAndSet;
import dev.atlex.session.store.EntryStore.Key;
import java.nio.charset.StandardCharsets;
import org.jspecify.annotations.Nullable;
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
                        "An OAuth session must come from atlex export, because it works only for the client "
                                + "that the user authorized.",
                        "The imported session replaces the account's stored session. No server is contacted. "
                                + "Prints the account as login does.")
                .examples("atlex import session.json", "atlex import - < session.json")
                .add(Options.argument("FILE|-", "File to import. - reads stdin.", value -> file = value))
                .build();
    }

    @Override
    public Integer call() {
        byte[] json = new InputFile(context.environment(), file).read(MAX_BYTES);
        try {
            String text = new String(json, StandardCharsets.UTF_8);
            LexMap oauth = oauth(text);
            context.showFields((oauth == null ? importPassword(text) : importOAuth(oauth)).describe());
        } catch (LexDataException e) {
            throw new Failure(Failure.WRONG_USE, "InvalidInput", "not an exported session: " + e.getMessage(), e);
        }
        return 0;
    }

    /** Returns the fields of an OAuth session, or null if the session started with a password. */
    private static @Nullable LexMap oauth(String json) {
        try {
            LexValue value = LexValue.parseJson(json, ReadOptions.LENIENT);
            return value instanceof LexMap fields && fields.containsKey("tokenSet") ? fields : null;
        } catch (LexDataException e) {
            return null; // importPassword reports the error.
        }
    }

    private StoredAccount importPassword(String json) {
        SessionData data = SessionData.parse(json);
        context.redactor().add(data);
        context.store().save(data);
        CompareAndSet.delete(context.store(), Key.oauth(data.did(), null));
        return new PasswordAccount(data);
    }

    private StoredAccount importOAuth(LexMap fields) {
        OAuthAccount account = OAuthAccount.imported(fields);
        OAuthAccount.redact(context.redactor(), account.data());
        account.save(context.store());
        context.store().delete(account.did());
        return account;
    }
}
