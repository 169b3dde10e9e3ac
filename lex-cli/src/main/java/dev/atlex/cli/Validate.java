package dev.atlex.cli;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.runtime.RuntimeSchemas;
import dev.atlex.schema.runtime.Verdict;
import java.nio.file.Path;
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
            "The exit status is 0 once all lines are checked, however many are not valid; 2 where the documents can't "
                    + "be used."
        })
final class Validate extends Lines {
    @Option(
            names = "--lexicons",
            required = true,
            paramLabel = "DIR",
            description = "The documents: all files *.json in the folder and below it.")
    private Path lexicons = Path.of("");

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

    private @Nullable RuntimeSchemas schemas;

    Validate(Atlex atlex) {
        super(atlex);
    }

    @Override
    public Integer call() {
        RuntimeSchemas loaded = RuntimeSchemas.of(Documents.load(lexicons));
        if (definition != null) {
            try {
                loaded.codec(definition);
            } catch (IllegalArgumentException e) {
                throw Failure.input("--def: " + e.getMessage());
            }
        }
        schemas = loaded;
        return super.call();
    }

    @Override
    String convert(byte[] line) {
        if (schemas == null) {
            throw new IllegalStateException("no schemas");
        }
        Verdict verdict = verdict(schemas, line, lenient ? ReadOptions.LENIENT : ReadOptions.STRICT);
        if (verdict instanceof Verdict.Invalid invalid) {
            return invalid(invalid.path(), invalid.message());
        } else if (verdict instanceof Verdict.Unknown unknown) {
            return invalid("$.$type", "$.$type: no document of the type \"" + unknown.type() + "\" among the lexicons");
        }
        return LexMap.builder().put("valid", true).build().toJson();
    }

    private Verdict verdict(RuntimeSchemas known, byte[] line, ReadOptions options) {
        if (definition != null) {
            return known.validateJson(definition, line, options);
        }
        LexValue value;
        try {
            value = LexValue.parseJson(line, options);
        } catch (LexDataException e) {
            return new Verdict.Invalid(e.path(), Verdict.Invalid.DATA, String.valueOf(e.getMessage()));
        }
        return value instanceof LexMap record
                ? known.validateRecord(record, options)
                : new Verdict.Invalid("$", "type", "$: a record is an object; --def checks other values");
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
