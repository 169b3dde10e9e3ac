package dev.atlex.cli.data;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import picocli.CommandLine.Model.CommandSpec;

/** Prints the CID of each JSON value. */
public final class ComputeCid extends Converter {
    /** Creates the command. */
    public ComputeCid(CommandContext context) {
        super(context);
    }

    @Override
    public CommandSpec spec() {
        return command("cid")
                .description(
                        "Print the CIDs of JSON values, one per line of stdin.",
                        "Each CID is computed as for a record, from the SHA-256 hash of the value's DAG-CBOR. "
                                + "Stops at the first line that isn't valid JSON of the data model, unless "
                                + "--keep-going is given.")
                .examples("atlex cid < records.jsonl", "echo '{\"a\":1}' | atlex cid")
                .build();
    }

    @Override
    protected String convert(byte[] line) {
        return LexValue.parseJson(line, ReadOptions.STRICT).cid().toString();
    }
}
