package dev.atlex.oauth.internal.signin;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.IOException;
import java.net.Socket;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/** The page that users see when their browser returns to a program on this machine. */
final class CallbackPage {
    private CallbackPage() {}

    /**
     * Writes the response.
     *
     * @param request the request, or null if it is malformed
     * @param callback the query if the request is the callback, else null
     */
    static void write(Socket connection, @Nullable LoopbackRequest request, URI redirectUri, @Nullable String callback)
            throws IOException {
        if (callback != null) {
            boolean denied = callback.startsWith("error=") || callback.contains("&error=");
            write(
                    connection,
                    "200 OK",
                    denied ? "Not signed in" : "Almost done",
                    "You can close this page and return to the program.");
        } else if (request != null && request.path().equals(redirectUri.getRawPath())) {
            write(
                    connection,
                    "400 Bad Request",
                    "Unknown sign-in",
                    "This page doesn't belong to a sign-in in progress. Return to the program and start again.");
        } else {
            write(connection, "404 Not Found", "Not found", "There is nothing here.");
        }
    }

    private static void write(Socket connection, String status, String title, String text) throws IOException {
        byte[] body = """
                <!doctype html>
                <html lang="en">
                <head><meta charset="utf-8"><meta name="viewport" content="width=device-width">
                <title>%1$s</title>
                <style>body { font: 1.1rem/1.5 system-ui, sans-serif; max-width: 32rem; margin: 20vh auto; padding: 1rem }
                @media (prefers-color-scheme: dark) { body { background: #111; color: #eee } }</style></head>
                <body><h1>%1$s</h1><p>%2$s</p></body>
                </html>
                """.formatted(title, text).getBytes(UTF_8);
        String head = String.join(
                "\r\n",
                "HTTP/1.1 " + status,
                "Content-Type: text/html; charset=utf-8",
                "Content-Length: " + body.length,
                "Content-Security-Policy: default-src 'none'; style-src 'unsafe-inline'",
                "Referrer-Policy: no-referrer",
                "X-Content-Type-Options: nosniff",
                "Cache-Control: no-store",
                "Connection: close",
                "",
                "");
        connection.getOutputStream().write(head.getBytes(UTF_8));
        connection.getOutputStream().write(body);
        connection.getOutputStream().flush();
    }
}
