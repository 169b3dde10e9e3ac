package dev.atlex.cli.session;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Options;
import dev.atlex.cli.runtime.Table;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import picocli.CommandLine.Model.CommandSpec;

/** Lists the stored sessions, or the pending logouts, or encrypts the store. */
public final class Sessions implements Command {
    private final CommandContext context;
    private boolean logouts;
    private boolean encrypt;

    /** Creates the command. */
    public Sessions(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("sessions", this)
                .description(
                        "List the stored sessions without contacting a server.",
                        "Prints a JSON array sorted by DID: [{\"did\",\"handle\",\"service\",\"pds\",\"active\",\"status\","
                                + "\"health\",\"savedAt\",\"accessExpiresAt\",\"refreshExpiresAt\",\"scope\",\"sessionId\"}]. pds, status and the times are left "
                                + "out if unknown. scope lists the permissions that the user granted to an "
                                + "OAuth session; password sessions have none. sessionId identifies a session of a "
                                + "web application that keeps several per account; other commands ignore these. health is active, "
                                + "inactive (the account is inactive) or expired. An invalid entry is "
                                + "left out, with a warning on stderr.",
                        "On a terminal, prints a table. EXPIRES is the time at which the refresh token expires. "
                                + "It is unknown for OAuth sessions.",
                        "With --logouts, prints the logouts that a server hasn't confirmed yet: [{\"did\",\"attemptedAt\"}].",
                        "With --encrypt, prints how many entries were encrypted: {\"encrypted\"}.")
                .examples("atlex sessions", "ATLEX_STORE_PASSPHRASE='correct horse' atlex sessions --encrypt")
                .add(Options.flag(
                        "--logouts",
                        "List pending logouts: sessions ended here but not yet on their server.",
                        value -> logouts = value))
                .add(Options.flag(
                        "--encrypt",
                        "Encrypt unencrypted entries with $ATLEX_STORE_PASSPHRASE. Trusts every entry in the "
                                + "folder, so use it only once, when you start using a passphrase.",
                        value -> encrypt = value))
                .build();
    }

    @Override
    public Integer call() {
        if (encrypt) {
            return encrypt();
        }
        List<LexMap> listed = logouts ? PendingLogouts.describe(context) : sessions();
        if (context.isForPeople()) {
            context.print(logouts ? logoutTable(listed) : sessionTable(listed));
        } else {
            context.print(LexValue.of(listed));
        }
        return 0;
    }

    private List<LexMap> sessions() {
        List<LexMap> sessions = new ArrayList<>();
        Instant now = Instant.now();
        FileSessionStore store = context.store();
        store.forEach(SessionStore.Kind.SESSION, entry -> {
            SessionHealth health = Accounts.health(context, entry);
            if (health != null) {
                sessions.add(Accounts.describe(health, now));
            }
        });
        Accounts.forEachOAuthWithIds(context, entry -> sessions.add(new OAuthAccount(entry).describeHealth()));
        for (Path quarantined : store.quarantined()) {
            Accounts.warn(context, "a corrupt session was quarantined as " + quarantined);
        }
        for (Path plain : context.isEncrypted() ? store.plainText() : List.<Path>of()) {
            Accounts.warn(
                    context,
                    plain + " is unencrypted and ignored; if it is yours, encrypt it with atlex sessions --encrypt");
        }
        sessions.sort(Comparator.comparing((LexMap session) -> text(session, "did"))
                .thenComparing(session -> text(session, "sessionId")));
        return sessions;
    }

    private static Table sessionTable(Collection<LexMap> sessions) {
        Table table = new Table("HANDLE", "DID", "HEALTH", "EXPIRES", "SERVICE");
        for (LexMap session : sessions) {
            String id = text(session, "sessionId");
            table.row(
                    text(session, "handle"),
                    text(session, "did") + (id.isEmpty() ? "" : " " + id),
                    text(session, "health"),
                    text(session, "refreshExpiresAt"),
                    text(session, "service"));
        }
        return table;
    }

    private static Table logoutTable(Collection<LexMap> logouts) {
        Table table = new Table("DID", "ATTEMPTED");
        for (LexMap logout : logouts) {
            table.row(text(logout, "did"), text(logout, "attemptedAt"));
        }
        return table;
    }

    private static String text(LexMap session, String field) {
        String text = session.getString(field);
        return text == null ? "" : text;
    }

    private int encrypt() {
        if (logouts) {
            throw Failure.usage("--logouts and --encrypt can't be combined");
        } else if (!context.isEncrypted()) {
            throw Failure.usage("--encrypt requires a passphrase in $ATLEX_STORE_PASSPHRASE");
        }
        int encrypted = context.store().encryptPlainText();
        context.print(LexMap.builder().put("encrypted", encrypted).build());
        return 0;
    }
}
