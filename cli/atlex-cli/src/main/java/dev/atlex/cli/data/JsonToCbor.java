package dev.atlex.cli.data;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.util.HexFormat;
import picocli.CommandLine.Model.CommandSpec;

/** Converts JSON values to DAG-CBOR. */
public final class JsonToCbor extends Converter {
    /** Creates the command. */
    public JsonToCbor(CommandContext context) {
        super(context);
    }

    @Override
    public CommandSpec spec() {
        return command("json2cbor")
                .description(
                        "Convert JSON values, one per line of stdin, to hex-encoded DAG-CBOR.",
                        "Stops at the first line that isn't valid JSON of the data model, unless --keep-going "
                                + "is given.")
                .examples("atlex json2cbor < records.jsonl", "echo '{\"a\":1}' | atlex json2cbor")
                .build();
    }

    @Override
    protected String convert(byte[] line) {
        return HexFormat.of()
                .formatHex(LexValue.parseJson(line, ReadOptions.STRICT).toCbor());
    }
}
