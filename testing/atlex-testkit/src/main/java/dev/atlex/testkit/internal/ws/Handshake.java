package dev.atlex.testkit.internal.ws;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/**
 * The HTTP request and response that open a WebSocket.
 *
 * @see <a href="https://www.rfc-editor.org/rfc/rfc6455#section-4.2">RFC 6455: opening handshake</a>
 */
public final class Handshake {
    private static final String GUID = "258EAFA5-E914-47DA-95CA-C5AB0DC85B11";
    private static final int KEY_SIZE = 16;

    private Handshake() {}

    /** Returns whether a request asks for a WebSocket. Header names are in lowercase. */
    public static boolean isUpgrade(Map<String, String> headers) {
        return headers.getOrDefault("upgrade", "").equalsIgnoreCase("websocket")
                && headers.getOrDefault("connection", "")
                        .toLowerCase(Locale.ROOT)
                        .contains("upgrade");
    }

    /** Returns whether this server supports the version and the key of the request. */
    public static boolean isSupported(Map<String, String> headers) {
        try {
            return "13".equals(headers.get("sec-websocket-version"))
                    && Base64.getDecoder().decode(headers.getOrDefault("sec-websocket-key", "")).length == KEY_SIZE;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Returns the headers of the response. The first offered subprotocol is accepted. */
    public static Map<String, String> response(Map<String, String> request) {
        Map<String, String> headers = new LinkedHashMap<>();
        headers.put("upgrade", "websocket");
        headers.put("sec-websocket-accept", accept(request.getOrDefault("sec-websocket-key", "")));
        String offered = request.get("sec-websocket-protocol");
        if (offered != null) {
            headers.put("sec-websocket-protocol", offered.split(",", 2)[0].strip());
        }
        return headers;
    }

    static String accept(String key) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-1").digest((key + GUID).getBytes(ISO_8859_1));
            return Base64.getEncoder().encodeToString(hash);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("the Java platform lacks SHA-1", e);
        }
    }
}
