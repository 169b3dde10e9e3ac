package dev.atlex.cli.runtime;

import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.ProxyOptions;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.LexValue;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.StoreEncryptionKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** What all commands share: the global options, the session store, the transport and the output. One run, one thread. */
public final class CommandContext {
    @Option(
            names = "--store",
            scope = ScopeType.INHERIT,
            paramLabel = "DIR",
            description =
                    "Folder of the stored sessions. By default $XDG_CONFIG_HOME/atlex, else $HOME/.config/atlex. If "
                            + "$ATLEX_STORE_PASSPHRASE is set, sessions are encrypted and unencrypted ones are rejected.")
    private @Nullable Path folder;

    @Option(
            names = "--verbose",
            scope = ScopeType.INHERIT,
            description = "Print requests to stderr without tokens, and stack traces of failures.")
    private boolean verbose;

    @Option(
            names = "--json",
            scope = ScopeType.INHERIT,
            description = "Print JSON even on a terminal. Piped output is always JSON.")
    private boolean json;

    private final CliEnvironment environment;
    private final Redactor redactor = new Redactor();
    private @Nullable FileSessionStore store;
    private @Nullable Transport network;

    /** Creates the context of one run. */
    public CommandContext(CliEnvironment environment) {
        this.environment = environment;
    }

    /** Returns the streams, variables and terminal of this run. */
    public CliEnvironment environment() {
        return environment;
    }

    /** Returns the redactor that holds the secrets of this run. */
    public Redactor redactor() {
        return redactor;
    }

    /** Returns whether requests and stack traces are printed. */
    public boolean verbose() {
        return verbose;
    }

    /** Returns the session store. It is opened once, because deriving a key from a passphrase takes tenths of a second. */
    public FileSessionStore store() {
        if (store == null) {
            Path opened = folder == null ? ConfigFolder.of(environment) : folder;
            String passphrase = passphrase();
            store = passphrase == null
                    ? new FileSessionStore(opened)
                    : FileSessionStore.encrypted(opened, StoreEncryptionKey.ofPassphrase(passphrase.toCharArray()));
        }
        return store;
    }

    /** Returns whether the store is encrypted. */
    public boolean isEncrypted() {
        return passphrase() != null;
    }

    private @Nullable String passphrase() {
        return environment.variable("ATLEX_STORE_PASSPHRASE");
    }

    /**
     * Returns the transport of all requests. It uses the proxies of the environment. With {@code --verbose} it logs requests.
     *
     * @throws Failure if a variable for a proxy is invalid
     */
    public Transport transport() {
        if (network == null) {
            network = network();
        }
        Transport transport = network;
        return verbose ? new VerboseTransport(transport, environment.err(), redactor) : transport;
    }

    private Transport network() {
        ProxyOptions proxy;
        try {
            proxy = ProxyOptions.fromEnvironment(environment.variables());
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()));
        }
        // The shared transport respects the JVM's proxy settings.
        return proxy.http() == null && proxy.https() == null
                ? Transport.jdk()
                : JdkTransport.builder().proxy(proxy).build();
    }

    /** Prints one line to stderr about a problem that does not stop the command. */
    public void warn(Object message) {
        environment.err().println(redactor.line("warning: " + message));
    }

    /** Returns whether results are formatted for people: stdout is a terminal, and JSON was not asked for. */
    public boolean isForPeople() {
        return !json && environment.outIsTerminal().getAsBoolean();
    }

    /** Prints JSON to stdout: indented for people, else on one line. */
    public void show(LexValue value) {
        print(isForPeople() ? IndentedJson.of(value) : value.toJson());
    }

    /** Prints a line of JSON to stdout. */
    public void print(LexValue json) {
        print(json.toJson());
    }

    /** Prints a line to stdout. */
    public void print(String line) {
        print((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes to stdout as they are. */
    public void print(byte[] bytes) {
        environment.out().write(bytes, 0, bytes.length);
    }

    /**
     * Flushes stdout.
     *
     * @throws Failure if the output could not be written
     */
    public void checkOutput() {
        if (environment.out().checkError()) {
            throw new Failure(Failure.WRONG_USE, "Storage", "failed to write to stdout", null);
        }
    }
}
