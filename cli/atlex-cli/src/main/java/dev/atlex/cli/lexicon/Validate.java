package dev.atlex.cli.lexicon;

import dev.atlex.cli.data.LineCommand;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Options;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.schema.runtime.ValidationResult;
import dev.atlex.syntax.Nsid;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;

/** Validates JSON values against Lexicon schemas. */
public final class Validate extends LineCommand {
    private @Nullable Path lexicons;
    private boolean ignoreErrors;
    private @Nullable String definition;
    private boolean lenient;

    /** The documents in the {@code --lexicons} folder. */
    private LexiconDocuments own = LexiconDocuments.of(List.of());

    /**
     * Schemas by NSID. Each entry includes the documents in the {@code --lexicons} folder and the bundled documents
     * that the NSID's definitions refer to.
     */
    private final Map<String, RuntimeSchemas> schemas = new HashMap<>();

    /** Creates the command. */
    public Validate(CommandContext context) {
        super(context);
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("validate", this)
                .description(
                        "Validate JSON values, one per line of stdin, against Lexicon schemas.",
                        "Prints a line for each value: {\"valid\":true} or {\"valid\":false,\"path\",\"message\"}. Malformed JSON counts as "
                                + "invalid. Blank lines are skipped.",
                        "The bundled documents (com.atproto, app.bsky, chat.bsky, tools.ozone) are always available. Documents in "
                                + "the --lexicons folder take precedence over them.",
                        "Exits with 0 once all lines are checked, even if some values are invalid, and with 2 if the documents can't "
                                + "be used.")
                .examples(
                        "atlex validate < records.jsonl",
                        "atlex validate --lexicons lexicons --def com.example.entry#author < authors.jsonl")
                .add(Options.value(
                        "--lexicons",
                        "DIR",
                        "Folder with additional documents: all *.json files in it and its subfolders.",
                        Path.class,
                        value -> lexicons = value))
                .add(Options.flag(
                        "--ignore-errors",
                        "Skip invalid documents in the folder. Each problem is printed as a warning on stderr.",
                        value -> ignoreErrors = value))
                .add(Options.text(
                        "--def",
                        "NSID[#name]",
                        "Definition to validate all lines against. By default, each line is validated as a record of "
                                + "the type given in its $type.",
                        value -> definition = value))
                .add(Options.flag(
                        "--lenient",
                        "Accept data that violates the data model but that some servers store: floats, malformed "
                                + "$link and $bytes, loosely formatted datetimes, and blobs in the legacy format.",
                        value -> lenient = value))
                .build();
    }

    @Override
    public Integer call() {
        if (lexicons != null) {
            own = Documents.load(lexicons, ignoreErrors ? context()::warn : null);
        }
        if (definition != null) {
            try {
                schemas(definition).codec(definition);
            } catch (IllegalArgumentException e) {
                throw Failure.input("--def: " + e.getMessage());
            }
        }
        return super.call();
    }

    @Override
    protected String convert(byte[] line) {
        ValidationResult result = validate(line, lenient ? ReadOptions.LENIENT : ReadOptions.STRICT);
        if (result instanceof ValidationResult.Invalid invalid) {
            return invalid(invalid.path(), invalid.message());
        } else if (result instanceof ValidationResult.Unknown unknown) {
            return invalid("$.$type", "$.$type: no Lexicon document found (got \"" + unknown.type() + "\")");
        }
        return LexMap.builder().put("valid", true).build().toJson();
    }

    private ValidationResult validate(byte[] line, ReadOptions options) {
        if (definition != null) {
            return schemas(definition).validateJson(definition, line, options);
        }
        LexValue value;
        try {
            value = LexValue.parseJson(line, options);
        } catch (LexDataException e) {
            return new ValidationResult.Invalid(
                    e.path(), ValidationResult.Invalid.DATA, String.valueOf(e.getMessage()));
        }
        return value instanceof LexMap record
                ? schemas(record.type()).validateRecord(record, options)
                : new ValidationResult.Invalid(
                        "$",
                        "type",
                        "$: expected an object, because a record is an object; use --def to "
                                + "validate other values");
    }

    /** Returns the schemas for a definition, or only those in the folder if no document defines it. */
    private RuntimeSchemas schemas(@Nullable String ref) {
        int hash = ref == null ? -1 : ref.indexOf('#');
        String nsid = ref == null ? "" : hash < 0 ? ref : ref.substring(0, hash);
        boolean known = Nsid.isValid(nsid) && (own.get(Nsid.of(nsid)) != null || Documents.isBundled(nsid));
        if (ref == null || !known) {
            return schemas.computeIfAbsent("", none -> RuntimeSchemas.of(own));
        }
        // With --def, every line is validated against that definition. Otherwise, each record is validated against the
        // main definition of its type.
        return schemas.computeIfAbsent(
                nsid, name -> RuntimeSchemas.of(Documents.of(definition == null ? name : ref, own)));
    }

    private static String invalid(String path, String message) {
        return LexMap.builder()
                .put("valid", false)
                .put("path", path)
                .put("message", message)
                .build()
                .toJson();
    }
}
