package dev.atlex.cli;

import dev.atlex.data.LexException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** The commands that make a line of stdout of each line of stdin. Blank lines are passed over. */
abstract class CodecCommands implements Callable<Integer> {
    private static final int MAX_BYTES = 64 << 20;

    /** After how many lines at the latest it is seen that nobody reads any more: input need not end. */
    private static final int LINES_UNCHECKED = 1000;

    private final Atlex atlex;
    private int wrong;

    CodecCommands(Atlex atlex) {
        this.atlex = atlex;
    }

    Atlex atlex() {
        return atlex;
    }

    /** Whether a line that is wrong is answered as such, and the next one follows. */
    boolean keepsGoing() {
        return false;
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
        if (wrong > 0) {
            throw Failure.input(wrong + (wrong == 1 ? " line is" : " lines are") + " invalid");
        }
        return 0;
    }

    private void convertAll(InputStream in) throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        boolean tooLong = false;
        int number = 1;
        for (int next = in.read(); next >= 0; next = in.read()) {
            if (next != '\n') {
                if (line.size() < MAX_BYTES) {
                    line.write(next);
                } else if (!tooLong) {
                    tooLong = true;
                    if (!keepsGoing()) {
                        throw tooLong(number);
                    }
                }
                continue;
            }
            end(line, tooLong, number);
            tooLong = false;
            number++;
            if (in.available() == 0 || number % LINES_UNCHECKED == 0) {
                // Whoever gives a line and waits for its answer gets it; whoever has gone away ends the work.
                if (atlex.world().out().checkError()) {
                    throw new Failure(Failure.WRONG_USE, "Storage", "the output could not be written", null);
                }
            }
        }
        end(line, tooLong, number);
    }

    private void end(ByteArrayOutputStream line, boolean tooLong, int number) {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (number == 1) {
            bytes = withoutMark(bytes);
        }
        if (!tooLong && isBlank(bytes)) {
            return;
        }
        try {
            if (tooLong) {
                throw tooLong(number);
            }
            convertOne(bytes, number);
        } catch (Failure failure) {
            if (!keepsGoing()) {
                throw failure;
            }
            wrong++;
            atlex.print(atlex.redactor().line("error: " + failure.code() + ": " + failure.getMessage()));
        }
    }

    private static Failure tooLong(int number) {
        return Failure.input("line " + number + ": more than " + MAX_BYTES + " bytes");
    }

    private void convertOne(byte[] line, int number) {
        try {
            atlex.print(convert(line));
        } catch (LexException | IllegalArgumentException e) {
            throw new Failure(Failure.WRONG_USE, "InvalidInput", "line " + number + ": " + e.getMessage(), e);
        }
    }

    /** Without the mark that some editors and shells put before UTF-8. */
    private static byte[] withoutMark(byte[] bytes) {
        boolean marked =
                bytes.length >= 3 && bytes[0] == (byte) 0xef && bytes[1] == (byte) 0xbb && bytes[2] == (byte) 0xbf;
        return marked ? Arrays.copyOfRange(bytes, 3, bytes.length) : bytes;
    }

    private static boolean isBlank(byte[] line) {
        for (byte b : line) {
            if (b != ' ' && b != '\t' && b != '\r') {
                return false;
            }
        }
        return true;
    }

    /** The commands that stop at a line that is wrong, unless told to go on. */
    abstract static class Converter extends CodecCommands {
        @Option(
                names = "--keep-going",
                description =
                        "Print error: CODE: message in place of the result of an invalid line, convert the next ones, "
                                + "and exit with 2 at the end.")
        private boolean keepGoing;

        Converter(Atlex atlex) {
            super(atlex);
        }

        @Override
        boolean keepsGoing() {
            return keepGoing;
        }
    }

    @Command(
            name = "cid",
            mixinStandardHelpOptions = true,
            description = {
                "Prints the CID, as of a record, of each JSON value on a line of stdin.",
                "Stops at the first line that is no JSON of the data model, unless --keep-going is given."
            })
    static final class OfCid extends Converter {
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
                "Stops at the first line that is no JSON of the data model, unless --keep-going is given."
            })
    static final class JsonToCbor extends Converter {
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
                "Stops at the first line that is no canonical DAG-CBOR, unless --keep-going is given."
            })
    static final class CborToJson extends Converter {
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
