package dev.atlex.cli;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.SessionHealth;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "sessions",
        mixinStandardHelpOptions = true,
        description = {
            "Lists the stored sessions, without asking a server.",
            "Prints a JSON array in the order of the DIDs: [{\"did\",\"handle\",\"service\",\"pds\",\"active\",\"status\","
                    + "\"health\",\"savedAt\",\"accessExpiresAt\",\"refreshExpiresAt\"}], pds, status and the times where they "
                    + "are known. health is active, inactive (the account), or expired. An entry that is not a session is "
                    + "left out, with a warning on stderr.",
            "With --logouts, those that their server does not know of yet: [{\"did\",\"attemptedAt\"}].",
            "With --encrypt, lists nothing, and prints how many entries it encrypted: {\"encrypted\"}."
        })
final class Sessions implements Callable<Integer> {
    private final Atlex atlex;

    Sessions(Atlex atlex) {
        this.atlex = atlex;
    }

    @Option(
            names = "--logouts",
            description = "Sessions that are over here, and that their server must still be told of.")
    private boolean logouts;

    @Option(
            names = "--encrypt",
            description =
                    "Encrypt what is stored as plain text with $ATLEX_STORE_PASSPHRASE. Trusts all that is there: use "
                            + "it once, when you begin to use a passphrase.")
    private boolean encrypt;

    @Override
    public Integer call() {
        if (encrypt) {
            return encrypt();
        }
        TreeMap<String, LexMap> shown = new TreeMap<>();
        if (logouts) {
            atlex.store().forEach(SessionStore.Kind.LOGOUT, entry -> {
                String did = entry.key().name();
                shown.put(
                        did,
                        LexMap.builder()
                                .put("did", did)
                                .put("attemptedAt", entry.savedAt().toString())
                                .build());
            });
        } else {
            Instant now = Instant.now();
            FileSessionStore store = atlex.store();
            store.forEach(SessionStore.Kind.SESSION, entry -> {
                SessionHealth health = Accounts.health(atlex, entry);
                if (health != null) {
                    shown.put(entry.key().name(), Accounts.describe(health, now));
                }
            });
            for (Path damaged : store.quarantined()) {
                Accounts.warn(atlex, "a damaged session was set aside as " + damaged);
            }
            for (Path plain : atlex.encrypts() ? store.plainText() : List.<Path>of()) {
                Accounts.warn(
                        atlex,
                        plain
                                + " is plain text, and is not used; if it is yours, atlex sessions --encrypt takes it over");
            }
        }
        atlex.print(LexValue.of(List.copyOf(shown.values())));
        return 0;
    }

    private int encrypt() {
        if (logouts) {
            throw Failure.usage("either --logouts or --encrypt");
        } else if (!atlex.encrypts()) {
            throw Failure.usage("--encrypt takes a passphrase in $ATLEX_STORE_PASSPHRASE");
        }
        int encrypted = atlex.store().encryptPlainText();
        atlex.print(LexMap.builder().put("encrypted", encrypted).build());
        return 0;
    }
}
