package dev.atlex.cli.data;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.data.LexValue;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import picocli.CommandLine.Model.CommandSpec;

/** Converts DAG-CBOR values to JSON. */
public final class CborToJson extends Converter {
    /** Creates the command. */
    public CborToJson(CommandContext context) {
        super(context);
    }

    @Override
    public CommandSpec spec() {
        return command("cbor2json")
                .description(
                        "Convert hex-encoded DAG-CBOR values, one per line of stdin, to JSON.",
                        "Stops at the first line that isn't canonical DAG-CBOR, unless --keep-going is given.")
                .examples("atlex cbor2json < records.hex", "echo a1616101 | atlex cbor2json")
                .build();
    }

    @Override
    protected String convert(byte[] line) {
        String hex = new String(line, StandardCharsets.ISO_8859_1).strip();
        return LexValue.parseCbor(HexFormat.of().parseHex(hex)).toJson();
    }
}
