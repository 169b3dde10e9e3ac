# Completion of atlex for fish. It starts no process: everything it suggests is in this file.
#   atlex completion fish > ~/.config/fish/completions/atlex.fish

function __atlex_methods
    printf '%s\t%s\n' \
@METHODS@
end

function __atlex_arguments
    switch $argv[1]
@ARGUMENTS@
    end
end

function __atlex_argument_values
    switch "$argv"
@ARGUMENT_VALUES@
    end
end

# Prints the words of the command line that are neither options nor their values: the command and its arguments.
function __atlex_words
    set -l option
    for word in (commandline -opc)[2..-1]
        if test -n "$option"
            set option
        else if string match -q -- '-*' $word
            switch $word
                case @VALUE_OPTIONS@
                    set option $word
            end
        else
            printf '%s\n' $word
        end
    end
end

# Succeeds if the command is among the arguments; without arguments, if there is no command yet.
function __atlex_command
    set -l words (__atlex_words)
    if test (count $argv) -eq 0
        test (count $words) -eq 0
    else
        test (count $words) -gt 0; and contains -- $words[1] $argv
    end
end

function __atlex_call_arguments
    set -l words (__atlex_words)
    set -l current (commandline -ct)
    if string match -q -- '*@*' $current
        set -l parts (string split -m 1 @ -- $current)
        for file in $parts[2]*
            printf '%s@%s\n' $parts[1] $file
        end
    else if string match -q -- '*=*' $current
        set -l name (string replace -r ':?=.*' '' -- $current)
        for value in (__atlex_argument_values $words[2] $name)
            printf '%s%s\n' (string replace -r '=.*' '=' -- $current) $value
        end
    else
        __atlex_arguments $words[2]
    end
end

complete -c atlex -f
complete -c atlex -n '__atlex_command call methods help; and test (count (__atlex_words)) -eq 1' -a '(__atlex_methods)'
complete -c atlex -n '__atlex_command call; and test (count (__atlex_words)) -gt 1' -a '(__atlex_call_arguments)'
complete -c atlex -n '__atlex_command completion; and test (count (__atlex_words)) -eq 1' -a 'bash zsh fish'
complete -c atlex -n '__atlex_command @FILE_COMMANDS@' -F
@COMMANDS@
