package dev.atlex.cli;

import dev.atlex.data.LexException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;

/** The commands that make a line of stdout of each line of stdin. Blank lines are passed over. */
abstract class Lines implements Callable<Integer> {
    private static final int MAX_BYTES = 64 << 20;

    /** After how many lines at the latest it is seen that nobody reads any more: input need not end. */
    private static final int LINES_UNCHECKED = 1000;

    private final Atlex atlex;

    Lines(Atlex atlex) {
        this.atlex = atlex;
    }

    /** @throws LexException if the line is none of those that the command takes */
    abstract String convert(byte[] line);

    @Override
    public Integer call() {
        try {
            // Standard input is buffered by the JVM.
            convertAll(atlex.world().in());
        } catch (IOException e) {
            throw Failure.storage("stdin can't be read", e);
        }
        return 0;
    }

    private void convertAll(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        int number = 1;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                line.write(next);
                if (line.size() > MAX_BYTES) {
                    throw Failure.input("line " + number + ": more than " + MAX_BYTES + " bytes");
                }
                continue;
            }
            convertOne(line.toByteArray(), number);
            line.reset();
            number++;
            if (in.available() == 0 || number % LINES_UNCHECKED == 0) {
                // Whoever gives a line and waits for its answer gets it; whoever has gone away ends the work.
                if (atlex.world().out().checkError()) {
                    throw new Failure(Failure.WRONG_USE, "Storage", "the output could not be written", null);
                }
            }
        }
        convertOne(line.toByteArray(), number);
    }

    private void convertOne(byte[] line, int number) {
        if (isBlank(line)) {
            return;
        }
        try {
            atlex.print(convert(line));
        } catch (LexException | IllegalArgumentException e) {
            throw new Failure(Failure.WRONG_USE, "InvalidInput", "line " + number + ": " + e.getMessage(), e);
        }
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    @Command(
            name = "cid",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the CID, as of a record, of each JSON value on a line of stdin.",
                "Stops at the first line that is no JSON of the data model."
            })
    static final class OfCid extends Lines {
        OfCid(Atlex atlex) {
            super(atlex);
        }

        @Override
        String convert(byte[] line) {
            return LexValue.parseJson(line, ReadOptions.STRICT).cid().toString();
        }
    }

    @Command(
            name = "json2cbor",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the DAG-CBOR, in hexadecimal digits, of each JSON value on a line of stdin.",
                "Stops at the first line that is no JSON of the data model."
            })
    static final class JsonToCbor extends Lines {
        JsonToCbor(Atlex atlex) {
            super(atlex);
        }

        @Override
        String convert(byte[] line) {
            return HexFormat.of()
                    .formatHex(LexValue.parseJson(line, ReadOptions.STRICT).toCbor());
        }
    }

    @Command(
            name = "cbor2json",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the JSON of each DAG-CBOR value, in hexadecimal digits, on a line of stdin.",
                "Stops at the first line that is no canonical DAG-CBOR."
            })
    static final class CborToJson extends Lines {
        CborToJson(Atlex atlex) {
            super(atlex);
        }

        @Override
        String convert(byte[] line) {
            String hex = new String(line, StandardCharsets.ISO_8859_1).strip();
            return LexValue.parseCbor(HexFormat.of().parseHex(hex)).toJson();
        }
    }
}
