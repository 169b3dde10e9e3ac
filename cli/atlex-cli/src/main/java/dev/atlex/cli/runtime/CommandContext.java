package dev.atlex.cli.runtime;

import dev.atlex.client.transport.JdkTransport;
import dev.atlex.client.transport.ProxyOptions;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.StoreEncryptionKey;
import java.nio.charset.StandardCharsets;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ScopeType;

/**
 * The state that all commands share: the global options, the session store, the transport and the output. It belongs to
 * one run and is used by a single thread.
 */
public final class CommandContext implements OptionGroup {
    private @Nullable Path folder;
    private boolean verbose;
    private boolean json;
    private ColorMode color = ColorMode.auto;

    /** The values of {@code --color}, named as they are typed. */
    enum ColorMode {
        auto,
        always,
        never
    }

    private final CliEnvironment environment;
    private final Redactor redactor = new Redactor();
    private @Nullable FileSessionStore store;
    private @Nullable JdkTransport network;
    private @Nullable Transport transport;
    private @Nullable Boolean onTerminal;
    private int width;

    /** Creates the context of one run. */
    public CommandContext(CliEnvironment environment) {
        this.environment = environment;
    }

    @Override
    public void addTo(CommandBuilder command) {
        command.add(Options.value(
                                "--store",
                                "DIR",
                                "Folder for stored sessions. Default: $ATLEX_STORE, else $XDG_CONFIG_HOME/atlex, else "
                                        + "$HOME/.config/atlex. If $ATLEX_STORE_PASSPHRASE is set, sessions are encrypted and unencrypted ones "
                                        + "are rejected.",
                                Path.class,
                                value -> folder = value)
                        .scopeType(ScopeType.INHERIT))
                .add(Options.flag(
                                "--verbose",
                                "Print requests (without tokens) and stack traces to stderr.",
                                value -> verbose = value)
                        .scopeType(ScopeType.INHERIT))
                .add(Options.flag(
                                "--json",
                                "Print JSON even on a terminal. Piped output is always JSON.",
                                value -> json = value)
                        .scopeType(ScopeType.INHERIT))
                .add(Options.value(
                                "--color",
                                "WHEN",
                                "Color the output: auto, always or never. Default: auto, which colors the output on a terminal unless "
                                        + "$NO_COLOR is set.",
                                ColorMode.class,
                                value -> color = value)
                        .scopeType(ScopeType.INHERIT));
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

    /**
     * Returns the session store. It is opened once, because deriving a key from a passphrase takes tenths of a second.
     */
    public FileSessionStore store() {
        if (store == null) {
            Path opened = folder == null ? defaultFolder() : folder;
            String passphrase = passphrase();
            store = passphrase == null
                    ? new FileSessionStore(opened)
                    : FileSessionStore.encrypted(opened, StoreEncryptionKey.ofPassphrase(passphrase.toCharArray()));
        }
        return store;
    }

    private Path defaultFolder() {
        String variable = environment.variable("ATLEX_STORE");
        try {
            return variable == null ? ConfigFolder.of(environment) : Path.of(variable);
        } catch (InvalidPathException e) {
            throw Failure.input("$ATLEX_STORE: not a valid folder name: " + variable);
        }
    }

    /** Returns whether the store is encrypted. */
    public boolean isEncrypted() {
        return passphrase() != null;
    }

    private @Nullable String passphrase() {
        return environment.variable("ATLEX_STORE_PASSPHRASE");
    }

    /**
     * Returns the transport for all requests. It uses the proxies set in the environment. With {@code --verbose}, it
     * logs requests.
     *
     * @throws Failure if a proxy variable is invalid
     */
    public Transport transport() {
        if (transport == null) {
            network = network();
            transport = verbose ? new VerboseTransport(network, environment.err(), redactor) : network;
        }
        return transport;
    }

    /** Returns the transport for WebSockets. It uses the same connections and proxies as {@link #transport()}. */
    public JdkTransport socketTransport() {
        transport();
        return Objects.requireNonNull(network);
    }

    private JdkTransport network() {
        try {
            ProxyOptions proxy = ProxyOptions.fromEnvironment(environment.variables());
            JdkTransport.Builder builder = JdkTransport.builder();
            // Without any, the JVM's own proxy settings apply.
            return proxy.http() == null && proxy.https() == null
                    ? builder.build()
                    : builder.proxy(proxy).build();
        } catch (IllegalArgumentException e) {
            throw Failure.usage(String.valueOf(e.getMessage()));
        }
    }

    /** Closes the connections. Otherwise, the JVM would wait for them at exit. */
    public void disconnect() {
        if (network != null) {
            network.abort();
        }
    }

    /** Prints one line to stderr about a problem that doesn't stop the command. */
    public void warn(Object message) {
        environment.err().println(redactor.line("warning: " + message));
    }

    /** Returns whether stdout is a terminal. */
    public boolean isTerminal() {
        if (onTerminal == null) {
            onTerminal = environment.outIsTerminal().getAsBoolean();
        }
        return onTerminal;
    }

    /** Returns whether results are formatted for people: stdout is a terminal, and {@code --json} isn't set. */
    public boolean isForPeople() {
        return !json && isTerminal();
    }

    /** Returns the style of stdout, which may be without colors. */
    public Style style() {
        if (color != ColorMode.auto) {
            return Style.of(color == ColorMode.always);
        }
        Boolean asked = Style.asked(environment);
        return Style.of(asked == null ? isForPeople() : asked);
    }

    /**
     * Returns the width of the terminal in columns; 80 if it is unknown. The width is determined only once, because
     * that starts a process.
     */
    public int columns() {
        if (width == 0) {
            width = environment.width();
        }
        return width;
    }

    /** Prints JSON to stdout: indented for people, else on one line. */
    public void show(LexValue value) {
        if (isForPeople()) {
            printStyled(JsonText.indented(value, style()));
        } else {
            print(value);
        }
    }

    /** Prints the fields of an object to stdout: for people one per line with aligned values, else as JSON. */
    public void showFields(LexMap object) {
        if (!isForPeople()) {
            print(object);
            return;
        }
        int names = object.keySet().stream().mapToInt(DisplayText::width).max().orElse(0);
        object.forEach((name, value) -> {
            String label = DisplayText.pad(DisplayText.visible(name), names);
            String text = value instanceof LexMap || value instanceof LexArray ? value.toJson() : value.toString();
            printStyled(style().name(label) + "  " + DisplayText.visible(text));
        });
    }

    /** Prints a table to stdout, for people. */
    public void print(Table table) {
        table.lines(columns(), style()).forEach(this::printStyled);
    }

    /** Prints a line of JSON to stdout. On a terminal, characters that control it are escaped. */
    public void print(LexValue json) {
        printStyled(isTerminal() || style().isColored() ? JsonText.line(json, style()) : json.toJson());
    }

    /** Prints a line to stdout. On a terminal, characters that control it are escaped. */
    public void print(String line) {
        printStyled(isTerminal() ? DisplayText.escaped(line) : line);
    }

    /**
     * Prints a line to stdout unchanged. Text from other users must already be {@linkplain DisplayText#visible
     * visible}.
     */
    public void printStyled(String line) {
        print((line + "\n").getBytes(StandardCharsets.UTF_8));
    }

    /** Writes bytes to stdout unchanged. */
    public void print(byte[] bytes) {
        environment.out().write(bytes, 0, bytes.length);
    }

    /**
     * Flushes stdout.
     *
     * @throws Failure if the output couldn't be written
     */
    public void checkOutput() {
        if (environment.out().checkError()) {
            throw new Failure(Failure.WRONG_USE, "Storage", "failed to write to stdout", null);
        }
    }
}
