package dev.atlex.cli.help;

import dev.atlex.cli.help.CommandModel.Cmd;
import dev.atlex.cli.help.CommandModel.Opt;
import dev.atlex.cli.help.CommandModel.Value;
import dev.atlex.cli.lexicon.MethodIndex;
import dev.atlex.cli.lexicon.MethodIndex.Argument;
import dev.atlex.cli.lexicon.MethodIndex.Method;
import dev.atlex.cli.runtime.Failure;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Writes a completion script from a template for each shell, filled in with commands, options, methods and their
 * parameters. The data is static, because starting a JVM for each press of the Tab key would take half a second.
 */
final class CompletionScript {
    private final CommandModel model;
    private final MethodIndex index;

    CompletionScript(CommandModel model, MethodIndex index) {
        this.model = model;
        this.index = index;
    }

    String bash() {
        Map<String, String> parts = common("|");
        parts.put("METHODS", String.join(" ", nsids()));
        parts.put(
                "COMMANDS",
                String.join(" ", model.commands().stream().map(Cmd::name).toList()));
        parts.put("ROOT_OPTIONS", String.join(" ", options(rootOptions())));
        parts.put(
                "OPTIONS",
                lines(
                        model.commands(),
                        command -> "    " + command.name() + ") REPLY="
                                + quoted(String.join(" ", options(command.options()))) + " ;;"));
        parts.put(
                "ARGUMENTS",
                arguments(method ->
                        "    " + method.nsid() + ") REPLY=" + quoted(String.join(" ", names(method))) + " ;;"));
        parts.put("ARGUMENT_VALUES", values((name, words) -> "    '" + name + "') REPLY=" + quoted(words) + " ;;"));
        parts.put("OPTION_VALUES", optionValues((name, words) -> "    " + name + ") REPLY=" + quoted(words) + " ;;"));
        return fill("atlex.bash", parts);
    }

    String zsh() {
        Map<String, String> parts = common("|");
        parts.put("METHODS", lines(nsids(), nsid -> "    " + nsid));
        parts.put(
                "COMMANDS",
                lines(model.commands(), command -> "    " + described(command.name(), command.description())));
        parts.put("ROOT_OPTIONS", described(rootOptions()));
        parts.put(
                "OPTIONS",
                lines(
                        model.commands(),
                        command -> "    " + command.name() + ") options=(" + described(command.options()) + ") ;;"));
        parts.put(
                "ARGUMENTS",
                arguments(method ->
                        "    " + method.nsid() + ") compadd -S '' -- " + String.join(" ", names(method)) + " ;;"));
        parts.put("ARGUMENT_VALUES", values((name, words) -> "    '" + name + "') compadd -- " + words + " ;;"));
        parts.put("OPTION_VALUES", optionValues((name, words) -> "    " + name + ") compadd -- " + words + " ;;"));
        return fill("atlex.zsh", parts);
    }

    String fish() {
        Map<String, String> parts = common(" ");
        List<String> methods = index.methods().stream()
                .map(method -> "        " + method.nsid() + ' '
                        + quoted(method.summary().isEmpty() ? method.kind() : method.summary()))
                .toList();
        parts.put("METHODS", String.join(" \\\n", methods));
        parts.put(
                "ARGUMENTS",
                arguments(method -> "        case " + method.nsid() + "\n            printf '%s\\n' "
                        + String.join(" ", names(method))));
        parts.put(
                "ARGUMENT_VALUES",
                values((name, words) -> "        case '" + name + "'\n            printf '%s\\n' " + words));
        List<String> lines = new ArrayList<>();
        for (Cmd command : model.commands()) {
            lines.add(
                    "complete -c atlex -n '__atlex_command; or __atlex_command help; and test (count (__atlex_words)) -le 1'"
                            + " -a " + command.name() + " -d " + quoted(command.description()));
            command.options()
                    .forEach(option -> lines.add(
                            "complete -c atlex -n '__atlex_command " + command.name() + "'" + fishOption(option)));
        }
        parts.put("COMMANDS", String.join("\n", lines));
        return fill("atlex.fish", parts);
    }

    private Map<String, String> common(String separator) {
        Map<String, String> parts = new LinkedHashMap<>();
        parts.put("VALUE_OPTIONS", names(separator, Value.FILE, Value.FOLDER, Value.OTHER));
        parts.put("FILE_OPTIONS", names(separator, Value.FILE));
        parts.put("FOLDER_OPTIONS", names(separator, Value.FOLDER));
        parts.put(
                "FILE_COMMANDS",
                pattern(
                        separator,
                        model.commands().stream()
                                .filter(Cmd::takesFile)
                                .map(Cmd::name)
                                .toList()));
        return parts;
    }

    /** Joins the alternatives of a case. An empty list would be a syntax error. */
    private static String pattern(String separator, Collection<String> names) {
        return names.isEmpty() ? "''" : String.join(separator, names);
    }

    private String names(String separator, Value... values) {
        Set<String> names = new TreeSet<>();
        model.commands().forEach(command -> names.addAll(CommandModel.names(command, values)));
        return pattern(separator, names);
    }

    private List<String> nsids() {
        return index.methods().stream().map(Method::nsid).toList();
    }

    /** The options that all commands share. */
    private List<Opt> rootOptions() {
        List<Opt> shared = new ArrayList<>(model.commands().get(0).options());
        model.commands().forEach(command -> shared.retainAll(command.options()));
        return shared;
    }

    private static List<String> options(List<Opt> options) {
        return options.stream().map(Opt::longest).toList();
    }

    private static List<String> names(Method method) {
        Set<String> names = new LinkedHashSet<>();
        method.arguments().forEach(argument -> names.add(argument.name() + '='));
        if (method.binary()) {
            names.add("@");
        }
        return List.copyOf(names);
    }

    private String arguments(Function<Method, String> line) {
        return lines(
                index.methods().stream()
                        .filter(method -> !names(method).isEmpty())
                        .toList(),
                line);
    }

    /** Writes a line for names with a list of values. */
    private interface Values {
        String line(String name, String words);
    }

    private String values(Values writer) {
        List<String> lines = new ArrayList<>();
        for (Method method : index.methods()) {
            for (Argument argument : method.arguments()) {
                if (!argument.values().isEmpty()) {
                    lines.add(writer.line(
                            method.nsid() + ' ' + argument.name(),
                            String.join(
                                    " ",
                                    argument.values().stream()
                                            .filter(CompletionScript::isPlain)
                                            .toList())));
                }
            }
        }
        return String.join("\n", lines);
    }

    /**
     * Returns whether no shell interprets a value. Other values are left out of the script, so they need no quoting.
     */
    private static boolean isPlain(String value) {
        return value.matches("[A-Za-z0-9._:/-]+");
    }

    private String optionValues(Values writer) {
        Map<String, String> values = new LinkedHashMap<>();
        for (Cmd command : model.commands()) {
            for (Opt option : command.options()) {
                if (!option.values().isEmpty()) {
                    option.names().forEach(name -> values.put(name, String.join(" ", option.values())));
                }
            }
        }
        return lines(List.copyOf(values.entrySet()), entry -> writer.line(entry.getKey(), entry.getValue()));
    }

    private static String described(List<Opt> options) {
        return options.stream()
                .map(option -> described(option.longest(), option.description()))
                .collect(Collectors.joining(" "));
    }

    private static String described(String name, String description) {
        return quoted(name + ':' + description.replace(":", "\\:"));
    }

    private static String fishOption(Opt option) {
        StringBuilder text = new StringBuilder();
        for (String name : option.names()) {
            text.append(name.startsWith("--") ? " -l " + name.substring(2) : " -s " + name.substring(1));
        }
        text.append(
                switch (option.value()) {
                    case NONE -> "";
                    case FILE -> " -rF";
                    case FOLDER -> " -ra '(__fish_complete_directories (commandline -ct))'";
                    case OTHER -> " -x";
                });
        if (!option.values().isEmpty()) {
            text.append(" -a ").append(quoted(String.join(" ", option.values())));
        }
        return text.append(" -d ").append(fishQuoted(option.description())).toString();
    }

    /** Quotes text for POSIX shells. This also works in fish, because no backslash precedes a quote. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "’") + "'";
    }

    private static String fishQuoted(String text) {
        return quoted(text.replace("\\", ""));
    }

    private static <T> String lines(List<T> items, Function<T, String> line) {
        return items.stream().map(line).collect(Collectors.joining("\n"));
    }

    private static String fill(String template, Map<String, String> parts) {
        try (InputStream in = CompletionScript.class.getResourceAsStream(template)) {
            if (in == null) {
                throw new IOException("no " + template);
            }
            String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
            for (Map.Entry<String, String> part : parts.entrySet()) {
                text = text.replace('@' + part.getKey() + '@', part.getValue());
            }
            return text;
        } catch (IOException e) {
            throw Failure.storage("can't read the completion script", e);
        }
    }
}
