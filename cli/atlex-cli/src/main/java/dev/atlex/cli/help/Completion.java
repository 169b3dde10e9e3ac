package dev.atlex.cli.help;

import dev.atlex.cli.lexicon.MethodIndex;
import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Options;
import picocli.CommandLine.Model.CommandSpec;

/** Prints a completion script for a shell. */
public final class Completion implements Command {
    private final CommandContext context;
    private CommandSpec spec = CommandSpec.create();
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
    public CommandSpec spec() {
        spec = CommandBuilder.of("completion", this)
                .description(
                        "Print a script that completes commands, options, methods and their parameters in a shell.",
                        "The script contains all names, so the shell doesn't start a program while you type. Print it again after "
                                + "you update atlex.")
                .examples(
                        "atlex completion bash > ~/.local/share/bash-completion/completions/atlex",
                        "atlex completion zsh > \"${fpath[1]}/_atlex\"",
                        "atlex completion fish > ~/.config/fish/completions/atlex.fish")
                .add(Options.argument("SHELL", "bash, zsh or fish.", Shell.class, value -> shell = value))
                .build();
        return spec;
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
