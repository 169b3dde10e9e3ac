package dev.atlex.cli.help;

import dev.atlex.cli.runtime.DisplayText;
import dev.atlex.cli.runtime.Style;
import dev.atlex.data.LexMap;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.IntegerDef;
import dev.atlex.schema.document.Definition.MethodError;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.LexiconDocuments;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Describes a definition of a Lexicon document for a terminal: prose, parameters, body, errors and an example. */
final class DefinitionHelp {
    private static final String MARGIN = "  ";

    private final LexiconDocuments documents;
    private final LexMap prose;
    private final String nsid;
    private final String name;
    private final int columns;
    private final Style style;
    private final List<String> lines = new ArrayList<>();

    /**
     * @param documents the definition's document and those that it refers to
     * @param prose the sentences about the document, by key
     * @param name the name of the definition in its document
     */
    DefinitionHelp(LexiconDocuments documents, LexMap prose, String nsid, String name, int columns, Style style) {
        this.documents = documents;
        this.prose = prose;
        this.nsid = nsid;
        this.name = name;
        this.columns = columns;
        this.style = style;
    }

    /** Returns the lines, whose text is {@linkplain DisplayText#visible visible}. */
    List<String> describe(Definition definition) {
        lines.add(style.strong(fullName()) + "  " + style.faint(kind(definition)));
        String text = text(name, definition.description());
        if (!text.isEmpty()) {
            lines.add("");
            paragraph("", text);
        }
        if (definition instanceof QueryDef query) {
            method(query.parameters(), null, query.output(), query.errors());
        } else if (definition instanceof ProcedureDef procedure) {
            method(procedure.parameters(), procedure.input(), procedure.output(), procedure.errors());
        } else if (definition instanceof SubscriptionDef subscription) {
            method(subscription.parameters(), null, null, subscription.errors());
        } else if (definition instanceof RecordDef record) {
            fields("Properties", name, record.record());
        } else if (definition instanceof ObjectDef object) {
            fields("Properties", name, object);
        } else {
            section("Type", TypeText.of(definition));
        }
        return lines;
    }

    private String fullName() {
        return name.equals("main") ? nsid : nsid + '#' + name;
    }

    private static String kind(Definition definition) {
        return definition.getClass().getSimpleName().replaceFirst("Def$", "").toLowerCase(java.util.Locale.ROOT);
    }

    private void method(
            @Nullable ObjectDef parameters, @Nullable Body input, @Nullable Body output, List<MethodError> errors) {
        if (parameters != null && !parameters.properties().isEmpty()) {
            fields("Parameters", name + "/params", parameters);
        }
        if (input != null) {
            body("Body", name + "/input", input);
        }
        if (output != null) {
            body("Output", name + "/output", output);
        }
        if (!errors.isEmpty()) {
            heading("Errors");
            for (MethodError error : errors) {
                lines.add(MARGIN + style.name(error.name()));
                paragraph(MARGIN + MARGIN, text(name + "/errors/" + error.name(), error.description()));
            }
        }
    }

    private void body(String title, String key, Body body) {
        Definition schema = body.schema();
        if (schema instanceof ObjectDef object) {
            fields(title, key, object);
        } else if (schema == null) {
            section(title, body.encoding());
        } else {
            section(title, TypeText.of(schema));
            // List the fields of a named object, too, because its name alone doesn't help the user.
            if (schema instanceof RefDef ref && documents.resolve(ref.ref()) instanceof ObjectDef object) {
                object.properties().forEach((field, type) -> field(field, type, object, ""));
            }
        }
    }

    private void fields(String title, String key, ObjectDef object) {
        section(title, object.required().isEmpty() ? "" : "* required");
        object.properties()
                .forEach((field, type) -> field(field, type, object, text(key + '/' + field, type.description())));
    }

    private void field(String field, Definition type, ObjectDef object, String text) {
        String star = object.required().contains(field) ? "*" : "";
        String nullable = object.nullable().contains(field) ? ", or null" : "";
        List<String> types = DisplayText.wrap(DisplayText.visible(TypeText.of(type) + nullable), columns - 2 - 22);
        String label = DisplayText.visible(field) + star;
        String first = DisplayText.width(label) < 20 ? types.get(0) : "";
        lines.add((MARGIN + style.name(label) + " ".repeat(Math.max(2, 22 - DisplayText.width(label))) + first)
                .stripTrailing());
        types.subList(first.isEmpty() ? 0 : 1, types.size()).forEach(line -> lines.add(" ".repeat(24) + line));
        paragraph(" ".repeat(6), text);
    }

    private void section(String title, String type) {
        lines.add("");
        lines.add(style.strong(title + ":") + (type.isEmpty() ? "" : " " + DisplayText.visible(type)));
    }

    private void heading(String title) {
        section(title, "");
    }

    private String text(String key, @Nullable String description) {
        String text = prose.getString(key);
        return text != null ? text : description == null ? "" : description;
    }

    private void paragraph(String margin, String text) {
        if (!text.isEmpty()) {
            DisplayText.wrap(DisplayText.visible(text), columns - margin.length())
                    .forEach(line -> lines.add(margin + line));
        }
    }

    /** Returns a command that calls the method with its required arguments. */
    static String example(String nsid, Definition method) {
        StringBuilder command = new StringBuilder("atlex call ").append(nsid);
        if (method instanceof QueryDef query && query.parameters() != null) {
            append(command, query.parameters());
        } else if (method instanceof ProcedureDef procedure) {
            if (procedure.parameters() != null) {
                append(command, procedure.parameters());
            }
            Definition schema =
                    procedure.input() == null ? null : procedure.input().schema();
            if (schema instanceof ObjectDef object) {
                append(command, object);
            } else if (procedure.input() != null) {
                command.append(" @FILE");
            }
        }
        return command.toString();
    }

    private static void append(StringBuilder command, ObjectDef object) {
        for (Map.Entry<String, Definition> property : object.properties().entrySet()) {
            if (object.required().contains(property.getKey())) {
                command.append(' ').append(property.getKey()).append(value(property.getValue()));
            }
        }
    }

    private static String value(Definition type) {
        if (type instanceof StringDef string) {
            String format = string.format() == null ? "" : string.format();
            return switch (format) {
                case "at-identifier", "handle" -> "=alice.example.com";
                case "did" -> "=did:plc:…";
                case "at-uri" -> "=at://…";
                case "nsid" -> "=app.bsky.feed.post";
                default -> "=…";
            };
        }
        return type instanceof IntegerDef ? "=1" : type instanceof Definition.BooleanDef ? "=true" : ":=…";
    }
}
