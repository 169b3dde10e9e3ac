package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.OptionGroup;
import dev.atlex.cli.runtime.Options;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.UserInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The option that chooses one of the stored sessions. */
public final class AccountOption implements OptionGroup {
    private static final String VARIABLE = "ATLEX_ACCOUNT";

    private @Nullable String account;

    @Override
    public void addTo(CommandBuilder command) {
        command.add(Options.text(
                "--account",
                "DID|HANDLE",
                "Account to use if several are stored. Default: $ATLEX_ACCOUNT.",
                value -> account = value));
    }

    /** Returns whether the option is set. */
    public boolean isGiven() {
        return account != null;
    }

    /**
     * Returns the chosen session.
     *
     * @throws Failure if there is no such session, or several match
     */
    StoredAccount choose(CommandContext context) {
        FileSessionStore store = context.store();
        String chosen = account == null ? context.environment().variable(VARIABLE) : account;
        if (chosen == null) {
            List<StoredAccount> all = Accounts.stored(context);
            if (all.isEmpty()) {
                throw Failure.notSignedIn("no session is stored" + quarantined(store) + "; run atlex login");
            }
            return only(all, "several accounts are stored");
        }
        AtIdentifier identifier;
        try {
            identifier = UserInput.identifier(chosen);
        } catch (InvalidSyntaxException e) {
            String source = account == null ? '$' + VARIABLE : "--account";
            throw Failure.input(source + ": expected a DID or handle: " + e.getMessage());
        }
        String name = identifier.toString();
        if (identifier instanceof Did did) {
            StoredAccount found = StoredAccount.find(store, did);
            if (found == null) {
                throw Failure.notSignedIn("no session stored for " + did);
            }
            return found;
        }
        List<StoredAccount> matching = new ArrayList<>();
        for (StoredAccount stored : Accounts.stored(context)) {
            if (stored.handle().toString().equalsIgnoreCase(name)) {
                matching.add(stored);
            }
        }
        if (matching.isEmpty()) {
            throw Failure.notSignedIn("no session stored for " + name + quarantined(store));
        }
        return only(matching, "several accounts with this handle are stored");
    }

    /** Returns a hint about quarantined files, because a missing session may be in one of them. */
    private static String quarantined(FileSessionStore store) {
        List<Path> files = store.quarantined();
        return files.isEmpty()
                ? ""
                : "; corrupt files were quarantined, most recently as " + files.get(files.size() - 1);
    }

    private static StoredAccount only(List<StoredAccount> found, String problem) {
        // If other programs have stored both kinds of session for one account, this is the one that find returns.
        if (found.stream().map(StoredAccount::did).distinct().count() == 1) {
            return found.get(0);
        }
        StringBuilder names = new StringBuilder();
        for (StoredAccount stored : found) {
            names.append(names.length() == 0 ? "" : ", ")
                    .append(stored.did())
                    .append(" (")
                    .append(stored.handle())
                    .append(')');
        }
        throw Failure.usage(problem + "; choose one with --account or $ATLEX_ACCOUNT: " + names);
    }
}
