package dev.atlex.cli;

import java.io.BufferedOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.PrintStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import java.util.logging.LogManager;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.UnmatchedArgumentException;

/** Where the program starts. */
public final class Main {
    static final List<String> COMMANDS = List.of(
            "login",
            "whoami",
            "sessions",
            "logout",
            "export",
            "import",
            "call",
            "validate",
            "cid",
            "json2cbor",
            "cbor2json",
            "build",
            "install",
            "pds");

    private Main() {}

    public static void main(String[] args) {
        silenceLogging();
        int status = run(world(), args);
        if (status != 0) {
            System.exit(status);
        }
        // Returning is faster than System.exit(0), which waits 300 ms for the idle threads of java.net.http.
    }

    /** Stderr is for one error line, not for the libraries' log messages, unless the user has configured logging. */
    private static void silenceLogging() {
        if (System.getProperty("java.util.logging.config.file") == null
                && System.getProperty("java.util.logging.config.class") == null) {
            LogManager.getLogManager().reset();
        }
    }

    static CliEnvironment world() {
        // Buffered, and in bytes: what is printed is UTF-8 whatever the system's encoding.
        PrintStream out = new PrintStream(new BufferedOutputStream(new FileOutputStream(FileDescriptor.out), 8192));
        return new CliEnvironment(System.getenv(), System.in, out, System.err, SystemTerminal::find);
    }

    /** Runs one command, and answers the exit status. */
    static int run(CliEnvironment world, String... args) {
        Atlex atlex = new Atlex(world);
        int status;
        try {
            status = commandLine(atlex, args).execute(args);
            world.out().flush();
            if (status == 0 && world.out().checkError()) {
                throw new Failure(Failure.WRONG_USE, "Storage", "the output could not be written", null);
            }
        } catch (Exception | StackOverflowError | OutOfMemoryError e) {
            status = failed(atlex, e);
        }
        world.err().flush();
        return status;
    }

    private static CommandLine commandLine(Atlex atlex, String[] args) {
        CommandLine root = new CommandLine(atlex);
        // Preparing a command takes time: only those that are asked for are.
        boolean named = false;
        for (String name : COMMANDS) {
            if (List.of(args).contains(name)) {
                root.addSubcommand(name, command(name, atlex));
                named = true;
            }
        }
        if (!named) {
            for (String name : COMMANDS) {
                root.addSubcommand(name, command(name, atlex));
            }
        }
        String version = version();
        root.getCommandSpec().version(version);
        for (CommandLine command : root.getSubcommands().values()) {
            command.getCommandSpec().version(version);
        }
        return root.setExpandAtFiles(false)
                .setUsageHelpWidth(100)
                .setColorScheme(Help.defaultColorScheme(Help.Ansi.OFF))
                .setOut(new PrintWriter(atlex.world().out(), true))
                .setErr(new PrintWriter(atlex.world().err(), true))
                .setParameterExceptionHandler((e, given) -> failed(atlex, Failure.usage(misuse(e))))
                .setExecutionExceptionHandler((e, command, parsed) -> failed(atlex, e));
    }

    private static Object command(String name, Atlex atlex) {
        return switch (name) {
            case "login" -> new Login(atlex);
            case "whoami" -> new Whoami(atlex);
            case "sessions" -> new Sessions(atlex);
            case "logout" -> new Logout(atlex);
            case "export" -> new Export(atlex);
            case "import" -> new Import(atlex);
            case "call" -> new CallMethod(atlex);
            case "validate" -> new Validate(atlex);
            case "cid" -> new CodecCommands.OfCid(atlex);
            case "json2cbor" -> new CodecCommands.JsonToCbor(atlex);
            case "cbor2json" -> new CodecCommands.CborToJson(atlex);
            case "build" -> new Build(atlex);
            case "install" -> new Install(atlex);
            case "pds" -> new Pds(atlex);
            default -> throw new IllegalArgumentException(name);
        };
    }

    private static String version() {
        String version = Main.class.getPackage().getImplementationVersion();
        return "atlex " + (version == null ? "(not packaged)" : version);
    }

    private static int failed(Atlex atlex, Throwable e) {
        Failure failure = Failure.of(e);
        // What was printed before comes first where both go to one place.
        atlex.world().out().flush();
        PrintStream err = atlex.world().err();
        if (atlex.verbose()) {
            StringWriter trace = new StringWriter();
            e.printStackTrace(new PrintWriter(trace));
            err.print(atlex.redactor().redact(trace.toString()));
        }
        for (String line : failure.lines()) {
            err.println(atlex.redactor().line("error: " + failure.code() + ": " + line));
        }
        return failure.status();
    }

    /** What is wrong with the arguments. Those that nobody asked for are not quoted: one may be a password. */
    private static @Nullable String unmatched(UnmatchedArgumentException e) {
        String first = e.getUnmatched().isEmpty() ? "" : e.getUnmatched().get(0);
        if (first.startsWith("-")) {
            int equals = first.indexOf('=');
            return "unknown option " + (equals < 0 ? first : first.substring(0, equals));
        }
        boolean command = e.getCommandLine().getParent() == null;
        return command ? "unknown command " + first : "an argument too many";
    }

    private static String misuse(ParameterException e) {
        String message = e instanceof UnmatchedArgumentException extra ? unmatched(extra) : e.getMessage();
        String name = e.getCommandLine().getCommandSpec().qualifiedName();
        return message + "; see " + name + " --help";
    }
}
