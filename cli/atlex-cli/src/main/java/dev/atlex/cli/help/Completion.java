package dev.atlex.cli.help;

import dev.atlex.cli.lexicon.MethodIndex;
import dev.atlex.cli.runtime.CommandContext;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** Prints a completion script for a shell. */
@Command(
        name = "completion",
        mixinStandardHelpOptions = true,
        addMethodSubcommands = false,
        description = {
            "Print a script that completes commands, options, methods and their parameters in a shell.",
            "The script contains all names, so the shell doesn't start a program while you type. Print it again after "
                    + "you update atlex."
        },
        footer = {
            "",
            "Examples:",
            "  atlex completion bash > ~/.local/share/bash-completion/completions/atlex",
            "  atlex completion zsh > \"${fpath[1]}/_atlex\"",
            "  atlex completion fish > ~/.config/fish/completions/atlex.fish"
        })
public final class Completion implements Callable<Integer> {
    private final CommandContext context;

    @Spec
    private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "SHELL", description = "bash, zsh or fish.")
    private Shell shell = Shell.bash;

    /** The shells, named as they are typed. */
    enum Shell {
        bash,
        zsh,
        fish
    }

    /** Creates the command. */
    public Completion(CommandContext context) {
        this.context = context;
    }

    @Override
    public Integer call() {
        CommandModel model = CommandModel.of(spec.root().commandLine());
        CompletionScript script = new CompletionScript(model, MethodIndex.bundled());
        String text = switch (shell) {
            case bash -> script.bash();
            case zsh -> script.zsh();
            case fish -> script.fish();
        };
        context.printStyled(text.stripTrailing());
        return 0;
    }
}
