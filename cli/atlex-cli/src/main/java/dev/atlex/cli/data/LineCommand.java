package dev.atlex.cli.data;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.data.LexException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;

/** Base class for commands that print a line for each line of stdin. Blank lines are skipped. */
public abstract class LineCommand implements Command {
    private static final int MAX_BYTES = 64 << 20;

    /**
     * The number of input lines between checks of stdout. The command must stop when the program that reads its output
     * exits, even if the input never ends.
     */
    private static final int LINES_PER_CHECK = 1000;

    private final CommandContext context;
    private int invalidLines;

    /** Creates the command. */
    protected LineCommand(CommandContext context) {
        this.context = context;
    }

    /** Returns the context of this run. */
    protected final CommandContext context() {
        return context;
    }

    /** Returns whether an invalid line prints an error in its place instead of ending the command. */
    protected boolean keepsGoing() {
        return false;
    }

    /**
     * Returns the output for a line.
     *
     * @throws LexException if the line is invalid
     * @throws IllegalArgumentException if the line is invalid
     */
    protected abstract String convert(byte[] line);

    @Override
    public Integer call() {
        try {
            // System.in is buffered, so reading single bytes is fast enough.
            convertAll(context.environment().in());
        } catch (IOException e) {
            throw Failure.storage("can't read stdin", e);
        }
        if (invalidLines > 0) {
            throw Failure.input(invalidLines + (invalidLines == 1 ? " line is" : " lines are") + " invalid");
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
            finish(line, tooLong, number);
            tooLong = false;
            number++;
            if (in.available() == 0 || number % LINES_PER_CHECK == 0) {
                // Flushes the result for a caller that waits for it, and stops if the caller has exited.
                context.checkOutput();
            }
        }
        finish(line, tooLong, number);
    }

    private void finish(ByteArrayOutputStream line, boolean tooLong, int number) {
        byte[] bytes = line.toByteArray();
        line.reset();
        if (number == 1) {
            bytes = withoutByteOrderMark(bytes);
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
            invalidLines++;
            context.print(context.redactor().line("error: " + failure.code() + ": " + failure.getMessage()));
        }
    }

    private static Failure tooLong(int number) {
        return Failure.input("line " + number + ": longer than " + MAX_BYTES + " bytes");
    }

    private void convertOne(byte[] line, int number) {
        try {
            context.print(convert(line));
        } catch (LexException | IllegalArgumentException e) {
            throw new Failure(Failure.WRONG_USE, "InvalidInput", "line " + number + ": " + e.getMessage(), e);
        }
    }

    /** Removes the byte order mark that some editors and shells write before UTF-8. */
    private static byte[] withoutByteOrderMark(byte[] bytes) {
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
}
