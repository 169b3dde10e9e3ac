package dev.atlex.cli;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/**
 * The commands that are asked for most, understood without picocli, whose start costs as much as the rest of a short command.
 * What is not plainly right, each option once and spelled out, is left to picocli, as are help and all other commands: here
 * nothing is refused.
 */
final class Shortcut {
    private final String command;

    @Nullable
    Path store;

    @Nullable
    String account;

    boolean verbose;

    /** What is no option, the command aside. */
    final List<String> operands = new ArrayList<>();

    private Shortcut(String command) {
        this.command = command;
    }

    /** Null where picocli has to look at the arguments. */
    static @Nullable Shortcut of(String... args) {
        if (args.length == 0 || !args[0].equals("whoami") && !args[0].equals("call")) {
            return null;
        }
        Shortcut shortcut = new Shortcut(args[0]);
        for (int i = 1; i < args.length; i++) {
            String arg = args[i];
            if (arg.equals("--verbose") && !shortcut.verbose) {
                shortcut.verbose = true;
            } else if ((arg.equals("--store") || arg.equals("--account")) && i + 1 < args.length) {
                if (!shortcut.set(arg, args[++i])) {
                    return null;
                }
            } else if (shortcut.command.equals("call") && isPlain(arg)) {
                shortcut.operands.add(arg);
            } else {
                return null;
            }
        }
        return shortcut.command.equals("call") == shortcut.operands.isEmpty() ? null : shortcut;
    }

    private boolean set(String option, String value) {
        if (!isPlain(value)) {
            return false;
        } else if (option.equals("--account")) {
            boolean first = account == null;
            account = value;
            return first;
        } else if (store != null) {
            return false;
        }
        try {
            store = Path.of(value);
            return true;
        } catch (InvalidPathException e) {
            return false;
        }
    }

    /** Nothing in it that picocli might take for an option, a quotation or a command. */
    private static boolean isPlain(String arg) {
        return !arg.isEmpty() && arg.charAt(0) != '-' && arg.indexOf('"') < 0 && !Main.COMMANDS.contains(arg);
    }

    /** The command, with its options set. */
    Callable<Integer> prepare(Atlex atlex) {
        atlex.set(store, verbose);
        AccountOption chosen = new AccountOption(account);
        return command.equals("whoami")
                ? new Whoami(atlex, chosen)
                : new CallMethod(atlex, chosen, operands.get(0), operands.subList(1, operands.size()));
    }
}
