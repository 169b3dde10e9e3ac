package dev.atlex.oauth.internal.signin;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The parts of an HTTP request that decide whether it is the callback.
 *
 * @param path the raw path
 * @param query the raw query, or an empty string
 * @param host the header {@code Host}, or null
 */
record LoopbackRequest(
        boolean isGet, String path, String query, @Nullable String host) {
    /**
     * The maximum size of a request head, which is more than browsers send; the query of a callback has a few hundred
     * characters.
     */
    private static final int MAX_HEAD = 32 << 10;

    private static final int READ_TIMEOUT_MILLIS = 10_000;

    @Override
    public String toString() {
        return "LoopbackRequest[" + path + "]";
    }

    /** Reads the head of a request. Returns null if it is malformed or too long. */
    static @Nullable LoopbackRequest read(Socket connection) throws IOException {
        connection.setSoTimeout(READ_TIMEOUT_MILLIS);
        String head = head(connection.getInputStream());
        if (head == null) {
            return null;
        }
        String[] lines = head.split("\r?\n", -1);
        String[] words = lines[0].split(" ", -1);
        if (words.length != 3 || !words[1].startsWith("/") || !words[2].startsWith("HTTP/1.")) {
            return null;
        }
        int question = words[1].indexOf('?');
        String host = null;
        for (String line : lines) {
            if (line.toLowerCase(Locale.ROOT).startsWith("host:")) {
                host = line.substring(5).strip();
            }
        }
        return new LoopbackRequest(
                words[0].equals("GET"),
                question < 0 ? words[1] : words[1].substring(0, question),
                question < 0 ? "" : words[1].substring(question + 1),
                host);
    }

    private static @Nullable String head(InputStream in) throws IOException {
        ByteArrayOutputStream head = new ByteArrayOutputStream();
        int lineLength = 0;
        while (head.size() < MAX_HEAD) {
            int next = in.read();
            if (next < 0) {
                return null;
            }
            if (next == '\n' && lineLength == 0) {
                return head.toString(ISO_8859_1);
            }
            head.write(next);
            if (next == '\n') {
                lineLength = 0;
            } else if (next != '\r') {
                lineLength++;
            }
        }
        return null;
    }
}
