package dev.atlex.cli.call;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.InputFile;
import dev.atlex.client.Client;
import dev.atlex.data.Bytes;
import dev.atlex.data.LexValue;
import dev.atlex.schema.MediaTypes;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Sends one call and prints the response. */
abstract class MethodCall {
    static final int MAX_JSON_BYTES = 64 << 20;
    static final int MAX_STDIN_BYTES = 256 << 20;

    final CommandContext context;
    final @Nullable InputFile input;
    final @Nullable String encoding;

    /** @param encoding the media type of the input, or null if it isn't given */
    MethodCall(CommandContext context, @Nullable InputFile input, @Nullable String encoding) {
        this.context = context;
        this.input = input;
        this.encoding = encoding;
    }

    /** Returns whether the response is streamed to stdout, whatever its size. */
    boolean isStream() {
        return false;
    }

    /** @param parameters the values of each parameter, by name */
    abstract void send(Client client, Map<String, List<String>> parameters);

    boolean isJson() {
        return encoding == null || encoding.equals(MediaTypes.JSON);
    }

    final void print(LexValue body) {
        if (body instanceof Bytes bytes) {
            context.print(bytes.toByteArray());
        } else {
            context.print(body);
        }
    }
}
