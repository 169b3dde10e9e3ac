package dev.atlex.cli;

import dev.atlex.cli.bluesky.Notifications;
import dev.atlex.cli.bluesky.Post;
import dev.atlex.cli.bluesky.ShowThread;
import dev.atlex.cli.bluesky.Timeline;
import dev.atlex.cli.bluesky.Upload;
import dev.atlex.cli.call.CallMethod;
import dev.atlex.cli.data.CborToJson;
import dev.atlex.cli.data.ComputeCid;
import dev.atlex.cli.data.JsonToCbor;
import dev.atlex.cli.help.Completion;
import dev.atlex.cli.help.Help;
import dev.atlex.cli.lexicon.Build;
import dev.atlex.cli.lexicon.Install;
import dev.atlex.cli.lexicon.MethodIndex;
import dev.atlex.cli.lexicon.Methods;
import dev.atlex.cli.lexicon.Validate;
import dev.atlex.cli.pds.Pds;
import dev.atlex.cli.record.Get;
import dev.atlex.cli.record.Resolve;
import dev.atlex.cli.repo.Repo;
import dev.atlex.cli.runtime.CliEnvironment;
import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Suggestions;
import dev.atlex.cli.runtime.SystemTerminal;
import dev.atlex.cli.session.Export;
import dev.atlex.cli.session.Import;
import dev.atlex.cli.session.Login;
import dev.atlex.cli.session.Logout;
import dev.atlex.cli.session.Sessions;
import dev.atlex.cli.session.Whoami;
import dev.atlex.cli.stream.Stream;
import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.UnmatchedArgumentException;

/** The entry point: parses arguments, runs one command and turns its outcome into an exit status. */
public final class Main {
    /** The commands by name, in the order of the help. */
    private static final Map<String, Function<CommandContext, Command>> COMMANDS = new LinkedHashMap<>();

    static {
        COMMANDS.put("login", Login::new);
        COMMANDS.put("whoami", Whoami::new);
        COMMANDS.put("sessions", Sessions::new);
        COMMANDS.put("logout", Logout::new);
        COMMANDS.put("export", Export::new);
        COMMANDS.put("import", Import::new);
        COMMANDS.put("call", CallMethod::new);
        COMMANDS.put("post", Post::new);
        COMMANDS.put("thread", ShowThread::new);
        COMMANDS.put("timeline", Timeline::new);
        COMMANDS.put("notifications", Notifications::new);
        COMMANDS.put("upload", Upload::new);
        COMMANDS.put("get", Get::new);
        COMMANDS.put("resolve", Resolve::new);
        COMMANDS.put("repo", Repo::new);
        COMMANDS.put("stream", Stream::new);
        COMMANDS.put("validate", Validate::new);
        COMMANDS.put("cid", ComputeCid::new);
        COMMANDS.put("json2cbor", JsonToCbor::new);
        COMMANDS.put("cbor2json", CborToJson::new);
        COMMANDS.put("build", Build::new);
        COMMANDS.put("install", Install::new);
        COMMANDS.put("pds", Pds::new);
        COMMANDS.put("methods", Methods::new);
        COMMANDS.put("help", Help::new);
        COMMANDS.put("completion", Completion::new);
    }

    /** The commands that describe other commands. */
    private static final Set<String> DESCRIBING = Set.of("help", "completion");

    /** The width of help that isn't printed to a terminal, and its maximum width on a terminal. */
    private static final int HELP_WIDTH = 100;

    private static final int MIN_HELP_WIDTH = 60;

    private Main() {}

    /** Runs a command and exits with its status. */
    public static void main(String[] args) {
        silenceLogging();
        int status = run(systemEnvironment(), args);
        if (status != 0) {
            System.exit(status);
        }
    }

    /** Keeps library log messages off stderr, which is for one error line, unless the user has configured logging. */
    private static void silenceLogging() {
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null) {
            LogManager.getLogManager().reset();
        }
    }

    private static CliEnvironment systemEnvironment() {
        // Use streams of bytes, because output is UTF-8 regardless of the system's encoding.
        PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 8192));
        return new CliEnvironment(
                System.getenv(),
                System.in,
                out,
                System.err,
                SystemTerminal::find,
                SystemTerminal::outputIsTerminal,
                SystemTerminal::width);
    }

    /** Runs one command and returns its exit status. */
    static int run(CliEnvironment environment, String... args) {
        CommandContext context = new CommandContext(environment);
        int status;
        try {
            CommandLine commandLine = commandLine(context, args);
            status = commandLine
                    .setExecutionStrategy(parsed -> execute(context, commandLine, parsed))
                    .execute(args);
            environment.out().flush();
            if (status == 0) {
                context.checkOutput();
            }
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            status = report(context, e);
        }
        environment.err().flush();
        context.disconnect();
        return status;
    }

    /** Returns a parser for the commands among the arguments, or for all commands if there are none. */
    static CommandLine commandLine(CommandContext context, String[] args) {
        CommandLine root = new CommandLine(new Atlex(context).spec());
        // A run usually needs one command, so specifications are built only for commands named in the arguments, if
        // any.
        List<String> named = Arrays.stream(args).filter(COMMANDS::containsKey).toList();
        boolean all = named.isEmpty() || !Collections.disjoint(named, DESCRIBING);
        for (Map.Entry<String, Function<CommandContext, Command>> command : COMMANDS.entrySet()) {
            if (all || named.contains(command.getKey())) {
                root.addSubcommand(
                        command.getKey(), command.getValue().apply(context).spec());
            }
        }
        String version = version();
        root.getCommandSpec().version(version);
        for (CommandLine command : root.getSubcommands().values()) {
            command.getCommandSpec().version(version);
        }
        return root.setExpandAtFiles(false)
                .setUsageHelpWidth(HELP_WIDTH)
                .setColorScheme(picocli.CommandLine.Help.defaultColorScheme(Ansi.OFF))
                .setOut(new PrintWriter(context.environment().out(), true))
                .setErr(new PrintWriter(context.environment().err(), true))
                .setParameterExceptionHandler((e, given) -> report(context, Failure.usage(misuse(e))))
                .setExecutionExceptionHandler((e, command, parsed) -> report(context, e));
    }

    /**
     * Runs the parsed command. Only help needs colors and the width of the terminal, so they are determined only for
     * help.
     */
    private static int execute(CommandContext context, CommandLine root, ParseResult parsed) {
        List<CommandLine> chain = parsed.asCommandLineList();
        CommandLine last = chain.get(chain.size() - 1);
        if (last.isUsageHelpRequested() || last == root || last.getCommandName().equals("help")) {
            boolean colored = context.style().isColored();
            root.setColorScheme(picocli.CommandLine.Help.defaultColorScheme(colored ? Ansi.ON : Ansi.OFF));
            if (context.isTerminal()) {
                root.setUsageHelpWidth(Math.max(MIN_HELP_WIDTH, Math.min(HELP_WIDTH, context.columns())));
            }
        }
        if (last == root && !parsed.isUsageHelpRequested() && !parsed.isVersionHelpRequested()) {
            root.usage(root.getOut());
        }
        return new CommandLine.RunLast().execute(parsed);
    }

    /** Returns the names of all commands, in the order of the help. */
    static Set<String> commands() {
        return COMMANDS.keySet();
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "atlex " + (version == null ? "(not packaged)" : version);
    }

    /** Prints the error lines of a failure, and with {@code --verbose} its stack trace. Returns the exit status. */
    private static int report(CommandContext context, Throwable e) {
        Failure failure = Failure.of(e);
        // If stdout and stderr are the same file, the results that were printed before must come first.
        context.environment().out().flush();
        PrintStream err = context.environment().err();
        if (context.verbose()) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            err.print(context.redactor().redact(trace.toString()));
        }
        for (String line : failure.lines()) {
            err.println(context.redactor().line("error: " + failure.code() + ": " + line));
        }
        return failure.status();
    }

    private static String misuse(ParameterException e) {
        String message = e instanceof UnmatchedArgumentException unmatched ? misuse(unmatched) : e.getMessage();
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        return message + "; see " + name + " --help";
    }

    /** Describes an unexpected argument without quoting its value, which may be a password. */
    private static @Nullable String misuse(UnmatchedArgumentException e) {
        String first = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().get(0);
        if (first.startsWith("-")) {
            int equals = first.indexOf('=');
            String name = equals < 0 ? first : first.substring(0, equals);
            Set<String> options =
                    e.getCommandLine().getCommandSpec().optionsMap().keySet();
            return "unknown option " + name + Suggestions.question(Suggestions.closest(name, options));
        }
        boolean command = e.getCommandLine().getParent() == null;
        return command ? "unknown command " + first + suggestion(first) : "unexpected argument";
    }

    /** Suggests commands for a mistyped one, and {@code call} for the name of a method. */
    private static String suggestion(String command) {
        MethodIndex index = MethodIndex.bundled();
        List<String> closest = Suggestions.closest(command, COMMANDS.keySet());
        if (!closest.isEmpty() && index.named(command).isEmpty()) {
            return Suggestions.question(closest);
        }
        return Suggestions.question(index.suggest(command).stream()
                .map(nsid -> "atlex call " + nsid)
                .toList());
    }
}
