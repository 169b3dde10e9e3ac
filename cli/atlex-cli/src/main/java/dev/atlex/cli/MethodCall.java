package dev.atlex.cli;

import dev.atlex.client.Client;
import dev.atlex.data.Bytes;
import dev.atlex.data.LexValue;
import dev.atlex.data.internal.MediaType;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One call: sends it, and prints the answer. */
abstract class MethodCall {
    static final int MAX_JSON_BYTES = 64 << 20;
    static final int MAX_STDIN_BYTES = 256 << 20;

    final Atlex atlex;
    final @Nullable InputFile input;
    final @Nullable String encoding;

    /** @param encoding of the input, or null where nothing is said */
    MethodCall(Atlex atlex, @Nullable InputFile input, @Nullable String encoding) {
        this.atlex = atlex;
        this.input = input;
        this.encoding = encoding;
    }

    /** Whether the answer is copied as it comes, of whatever size. */
    boolean isStream() {
        return false;
    }

    /** @param texts the parameters: for each name its values */
    abstract void send(Client client, Map<String, List<String>> texts);

    boolean isJson() {
        return encoding == null || encoding.equals(MediaType.JSON);
    }

    final void print(LexValue answer) {
        if (answer instanceof Bytes bytes) {
            atlex.print(bytes.toByteArray());
        } else {
            atlex.print(answer);
        }
    }
}
