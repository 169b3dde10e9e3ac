package dev.atlex.cli;

import dev.atlex.client.transport.Transport;
import dev.atlex.data.LexValue;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.StoreEncryptionKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The program: the options that all commands have, and what they share. */
@Command(
        name = "atlex",
        mixinStandardHelpOptions = true,
        description =
                "The AT Protocol from a shell: sign in, call any method, check data, and make Java of its schemas.",
        footer = {
            "",
            "Results go to stdout, failures as one line to stderr: error: CODE: message. "
                    + "CODE is the server's name for the error, or one of Usage, InvalidInput, Storage, NotSignedIn, "
                    + "SessionEnded, AccountMigrated, AccountMismatch, Session, Network, Timeout, InvalidResponse, ResponseTooLarge, "
                    + "LimitExceeded, Internal; of handles and DIDs HandleNotFound, HandleMismatch, DidNotFound, UnsupportedDid, "
                    + "InvalidDidDocument, AuthorityNotFound, ForbiddenHost.",
            "Exit status: 0 done, 1 the server refused, 2 wrong usage or input, 3 not signed in or signed out by the "
                    + "server, 4 the network failed."
        })
final class Atlex implements Callable<Integer> {
    @Option(
            names = "--store",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description =
                    "The folder of the sessions; by default $XDG_CONFIG_HOME/atlex, or else $HOME/.config/atlex. With "
                            + "$ATLEX_STORE_PASSPHRASE, what is written there is encrypted, and plain text is refused.")
    private @Nullable Path store;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Requests on stderr, without tokens; where something fails, also the stack trace.")
    private boolean verbose;

    private final CliEnvironment world;
    private final Redactor redactor = new Redactor();
    private @Nullable FileSessionStore opened;

    Atlex(CliEnvironment world) {
        this.world = world;
    }

    @Override
    public Integer call() {
        throw Failure.usage("a command is needed; atlex --help lists them");
    }

    CliEnvironment world() {
        return world;
    }

    Redactor redactor() {
        return redactor;
    }

    boolean verbose() {
        return verbose;
    }

    /** The one of this command: making a key of a passphrase takes some tenths of a second. */
    FileSessionStore store() {
        if (opened == null) {
            Path folder = store == null ? ConfigFolder.of(world) : store;
            String passphrase = passphrase();
            opened = passphrase == null
                    ? new FileSessionStore(folder)
                    : FileSessionStore.encrypted(folder, StoreEncryptionKey.ofPassphrase(passphrase.toCharArray()));
        }
        return opened;
    }

    private @Nullable String passphrase() {
        return world.variable("ATLEX_STORE_PASSPHRASE");
    }

    /** Whether the store has a key. */
    boolean encrypts() {
        return passphrase() != null;
    }

    Transport transport() {
        Transport jdk = Transport.jdk();
        return verbose ? new VerboseTransport(jdk, world.err(), redactor) : jdk;
    }

    /** Writes one line to stderr, for people: the command goes on. */
    void warn(Object message) {
        world.err().println(redactor.line("warning: " + message));
    }

    /** Writes one line of JSON to stdout. */
    void print(LexValue json) {
        print(json.toJson());
    }

    void print(String line) {
        print((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    void print(byte[] bytes) {
        world.out().write(bytes, 0, bytes.length);
    }
}
