package dev.atlex.cli;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.session.SessionData;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.UserInput;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Which of the stored sessions a command is about. */
final class AccountOption {
    @Option(
            names = "--account",
            paramLabel = "DID|HANDLE",
            description = "The account, where the sessions of several are stored.")
    private @Nullable String account;

    AccountOption() {}

    AccountOption(@Nullable String account) {
        this.account = account;
    }

    boolean isGiven() {
        return account != null;
    }

    /** @throws Failure if there is no such session, or it is not clear which is meant */
    SessionData choose(Atlex atlex) {
        FileSessionStore store = atlex.store();
        if (account == null) {
            List<SessionData> all = Accounts.stored(atlex);
            if (all.isEmpty()) {
                throw Failure.notSignedIn("no session is stored" + damaged(store) + "; atlex login makes one");
            }
            return only(all, "several accounts are stored");
        }
        AtIdentifier identifier;
        try {
            identifier = UserInput.identifier(account);
        } catch (InvalidSyntaxException e) {
            throw Failure.input("--account takes a DID or a handle: " + e.getMessage());
        }
        String text = identifier.toString();
        if (identifier instanceof Did did) {
            SessionData data = store.load(did);
            if (data == null) {
                throw Failure.notSignedIn("no session of " + did + " is stored");
            }
            return data;
        }
        List<SessionData> those = new ArrayList<>();
        for (SessionData data : Accounts.stored(atlex)) {
            if (data.handle().toString().equalsIgnoreCase(text)) {
                those.add(data);
            }
        }
        if (those.isEmpty()) {
            throw Failure.notSignedIn("no session of " + text + " is stored" + damaged(store));
        }
        return only(those, "several accounts are stored under that handle");
    }

    /** A session that is not there may be one that could not be read. */
    private static String damaged(FileSessionStore store) {
        List<Path> files = store.quarantined();
        return files.isEmpty() ? "" : "; damaged files were set aside, the last as " + files.get(files.size() - 1);
    }

    private static SessionData only(List<SessionData> found, String problem) {
        if (found.size() == 1) {
            return found.get(0);
        }
        StringBuilder names = new StringBuilder();
        for (SessionData data : Accounts.sorted(found)) {
            names.append(names.length() == 0 ? "" : ", ")
                    .append(data.did())
                    .append(" (")
                    .append(data.handle())
                    .append(')');
        }
        throw Failure.usage(problem + "; choose with --account: " + names);
    }
}
