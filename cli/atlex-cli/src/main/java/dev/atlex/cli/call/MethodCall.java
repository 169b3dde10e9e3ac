package dev.atlex.cli.call;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.client.Client;
import dev.atlex.data.Bytes;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.MediaType;
import org.jspecify.annotations.Nullable;

/** Sends one call and prints the response. */
abstract class MethodCall {
    static final int MAX_JSON_BYTES = 64 << 20;
    static final int MAX_STDIN_BYTES = 256 << 20;

    final CommandContext context;
    /** The whole body, or null if there is none or it is built from arguments. */
    @Nullable
    InputFile input;

    final @Nullable String encoding;

    /** @param encoding the media type of the input, or null if it isn't given */
    MethodCall(CommandContext context, @Nullable InputFile input, @Nullable String encoding) {
        this.context = context;
        this.input = input;
        this.encoding = encoding;
    }

    /** Returns whether the response is streamed to stdout, regardless of its size. */
    boolean isStream() {
        return false;
    }

    abstract void send(Client client);

    /** Takes the file of an {@code @FILE} argument as the body. */
    final void take(Argument file) {
        if (input != null) {
            throw Failure.usage(file.value() + " and --input can't be combined");
        }
        input = new InputFile(context.environment(), file.file());
    }

    /** Returns the body as JSON, or null if there is none. */
    @Nullable
    LexValue json() {
        return input == null ? null : input.json(MAX_JSON_BYTES, "--input");
    }

    /**
     * Rejects binary output to a terminal, which could interpret the bytes as commands.
     *
     * @throws Failure if stdout is a terminal
     */
    final void requireFile() {
        if (context.isTerminal()) {
            throw Failure.usage("the response isn't JSON; redirect stdout to a file");
        }
    }

    boolean isJson() {
        return encoding == null || encoding.equals(MediaType.JSON);
    }

    final void print(LexValue body) {
        if (body instanceof Bytes bytes) {
            requireFile();
            context.print(bytes.toByteArray());
        } else {
            context.show(body);
        }
    }
}
