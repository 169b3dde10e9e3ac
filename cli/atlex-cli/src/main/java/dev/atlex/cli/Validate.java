package dev.atlex.cli;

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
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "validate",
        mixinStandardHelpOptions = true,
        description = {
            "Checks each JSON value on a line of stdin against a Lexicon schema.",
            "Prints a line for each: {\"valid\":true}, or {\"valid\":false,\"path\",\"message\"}, also of what is no JSON; "
                    + "blank lines are passed over.",
            "The documents that come with the program (com.atproto, app.bsky, chat.bsky, tools.ozone) are known; those of "
                    + "--lexicons come before them.",
            "The exit status is 0 once all lines are checked, however many are not valid; 2 where the documents can't "
                    + "be used."
        })
final class Validate extends CodecCommands {
    @Option(
            names = "--lexicons",
            paramLabel = "DIR",
            description = "More documents: all files *.json in the folder and below it.")
    private @Nullable Path lexicons;

    @Option(
            names = "--ignore-errors",
            description = "Leave out documents of the folder that are invalid. Each problem is a warning on stderr.")
    private boolean ignoreErrors;

    @Option(
            names = "--def",
            paramLabel = "NSID[#name]",
            description = "What all lines are checked against. By default each is a record, and its $type says it.")
    private @Nullable String definition;

    @Option(
            names = "--lenient",
            description =
                    "Accepts what the data model forbids but some servers hold: floats, malformed $link and $bytes, "
                            + "loosely written datetimes, blobs of the legacy form.")
    private boolean lenient;

    /** The documents of the folder. */
    private LexiconDocuments own = LexiconDocuments.of(List.of());

    /** Those of the folder, and what each document that was asked for needs of the program's. */
    private final Map<String, RuntimeSchemas> schemas = new HashMap<>();

    Validate(Atlex atlex) {
        super(atlex);
    }

    @Override
    public Integer call() {
        if (lexicons != null) {
            own = Documents.load(lexicons, ignoreErrors ? atlex()::warn : null);
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
    String convert(byte[] line) {
        ValidationResult verdict = verdict(line, lenient ? ReadOptions.LENIENT : ReadOptions.STRICT);
        if (verdict instanceof ValidationResult.Invalid invalid) {
            return invalid(invalid.path(), invalid.message());
        } else if (verdict instanceof ValidationResult.Unknown unknown) {
            return invalid("$.$type", "$.$type: no document of the type \"" + unknown.type() + "\" among the lexicons");
        }
        return LexMap.builder().put("valid", true).build().toJson();
    }

    private ValidationResult verdict(byte[] line, ReadOptions options) {
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
                : new ValidationResult.Invalid("$", "type", "$: a record is an object; --def checks other values");
    }

    /** The schemas for a definition, or those of the folder alone if nobody knows it. */
    private RuntimeSchemas schemas(@Nullable String ref) {
        int hash = ref == null ? -1 : ref.indexOf('#');
        String nsid = ref == null ? "" : hash < 0 ? ref : ref.substring(0, hash);
        boolean known = Nsid.isValid(nsid) && (own.get(Nsid.of(nsid)) != null || Documents.isBundled(nsid));
        if (ref == null || !known) {
            return schemas.computeIfAbsent("", none -> RuntimeSchemas.of(own));
        }
        // What --def names is the same for all lines; records are checked against main definitions.
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
