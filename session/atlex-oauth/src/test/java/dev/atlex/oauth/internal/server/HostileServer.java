package dev.atlex.oauth.internal.server;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.zip.GZIPOutputStream;

/** A server on a raw socket that responds to all requests in one malicious way. */
final class HostileServer implements AutoCloseable {
    private static final int HUGE = 5 << 20;

    /** The ways to respond. */
    enum Attack {
        REDIRECT {
            @Override
            void respond(Socket client, URI self) throws IOException {
                write(client, "307 Temporary Redirect", "Location: " + self.resolve("/elsewhere") + "\r\n", "");
            }
        },
        REDIRECT_AS_GET {
            @Override
            void respond(Socket client, URI self) throws IOException {
                write(client, "303 See Other", "Location: " + self.resolve("/elsewhere") + "\r\n", "");
            }
        },
        HTML {
            @Override
            void respond(Socket client, URI self) throws IOException {
                write(client, "200 OK", "Content-Type: text/html\r\n", "<html>access_token refresh_token</html>");
            }
        },
        ARRAY {
            @Override
            void respond(Socket client, URI self) throws IOException {
                write(client, "200 OK", JSON, "[{\"access_token\":\"a\",\"request_uri\":\"urn:x\"}]");
            }
        },
        OTHER_TYPES {
            @Override
            void respond(Socket client, URI self) throws IOException {
                write(
                        client,
                        "200 OK",
                        JSON,
                        "{\"access_token\":{},\"refresh_token\":[],\"request_uri\":1,\"error\":[]}");
            }
        },
        HUGE_BODY {
            @Override
            void respond(Socket client, URI self) throws IOException {
                write(client, "200 OK", JSON, "{\"pad\":\"" + "x".repeat(HUGE) + "\",\"access_token\":\"a\"}");
            }
        },
        TOKEN_BEYOND_THE_LIMIT {
            @Override
            void respond(Socket client, URI self) throws IOException {
                String pad = "\"pad\":\"" + "x".repeat(HUGE) + "\",";
                write(client, "200 OK", JSON, "{\"access_token\":\"a\"," + pad + "\"refresh_token\":\"r\"}");
            }
        },
        COMPRESSED_BOMB {
            @Override
            void respond(Socket client, URI self) throws IOException {
                ByteArrayOutputStream bomb = new ByteArrayOutputStream();
                try (OutputStream gzip = new GZIPOutputStream(bomb)) {
                    for (int i = 0; i < 64; i++) {
                        gzip.write(new byte[1 << 20]);
                    }
                }
                head(client, "200 OK", JSON + "Content-Encoding: gzip\r\n", bomb.size());
                bomb.writeTo(client.getOutputStream());
            }
        },
        DEEP_JSON {
            @Override
            void respond(Socket client, URI self) throws IOException {
                write(client, "200 OK", JSON, "{\"x\":" + "[".repeat(100_000));
            }
        },
        SLOW_BODY {
            @Override
            void respond(Socket client, URI self) throws IOException {
                head(client, "200 OK", JSON, HUGE);
                drip(client);
            }
        },
        SLOW_HEAD {
            @Override
            void respond(Socket client, URI self) throws IOException {
                client.getOutputStream().write("HTTP/1.1 200 OK\r\nX-Pad: ".getBytes(ISO_8859_1));
                drip(client);
            }
        },
        SILENCE {
            @Override
            void respond(Socket client, URI self) throws IOException {
                client.getInputStream().read();
            }
        },
        HUGE_NONCE {
            @Override
            void respond(Socket client, URI self) throws IOException {
                challenge(client, "n".repeat(1 << 20));
            }
        },
        LONG_NONCE {
            @Override
            void respond(Socket client, URI self) throws IOException {
                challenge(client, "n".repeat(8 << 10));
            }
        },
        STRANGE_NONCE {
            @Override
            void respond(Socket client, URI self) throws IOException {
                challenge(client, "\"},\\u0000 \u00e4\u00f6\t, DPoP-Nonce: other");
            }
        },
        NEW_NONCE_EACH_TIME {
            private final AtomicInteger number = new AtomicInteger();

            @Override
            void respond(Socket client, URI self) throws IOException {
                challenge(client, "nonce-" + number.incrementAndGet());
            }
        },
        DISCONNECT {
            @Override
            void respond(Socket client, URI self) {}
        },
        NOT_HTTP {
            @Override
            void respond(Socket client, URI self) throws IOException {
                client.getOutputStream().write("+OK ready\r\n-ERR\r\n\r\n".getBytes(ISO_8859_1));
            }
        };

        private static final String JSON = "Content-Type: application/json\r\n";

        abstract void respond(Socket client, URI self) throws IOException;

        /** Returns whether the response never ends. */
        boolean isSlow() {
            return this == SLOW_BODY || this == SLOW_HEAD || this == SILENCE;
        }

        private static void challenge(Socket client, String nonce) throws IOException {
            write(client, "400 Bad Request", JSON + "DPoP-Nonce: " + nonce + "\r\n", "{\"error\":\"use_dpop_nonce\"}");
        }

        private static void write(Socket client, String status, String headers, String body) throws IOException {
            byte[] bytes = body.getBytes(UTF_8);
            head(client, status, headers, bytes.length);
            client.getOutputStream().write(bytes);
        }

        private static void head(Socket client, String status, String headers, int length) throws IOException {
            String head = "HTTP/1.1 " + status + "\r\nConnection: close\r\nContent-Length: " + length + "\r\n" + headers
                    + "\r\n";
            client.getOutputStream().write(head.getBytes(ISO_8859_1));
        }

        /** Sends a byte at a time, until the client has gone. */
        private static void drip(Socket client) throws IOException {
            client.setSoTimeout(100);
            for (int next = 0; next >= 0; ) {
                client.getOutputStream().write('x');
                try {
                    next = client.getInputStream().read();
                } catch (SocketTimeoutException e) {
                    // It still waits.
                }
            }
        }
    }

    private final ServerSocket socket;
    private final Attack attack;
    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicInteger elsewhere = new AtomicInteger();
    private final Set<Socket> clients = ConcurrentHashMap.newKeySet();

    HostileServer(Attack attack) {
        this.attack = attack;
        try {
            socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        start(this::accept);
    }

    AuthServer server() {
        URI self = self();
        return new AuthServer(
                self,
                self.resolve("/authorize"),
                self.resolve("/par"),
                self.resolve("/token"),
                self.resolve("/revoke"));
    }

    int requests() {
        return requests.get();
    }

    /** Returns how many redirects were followed. */
    int elsewhere() {
        return elsewhere.get();
    }

    private URI self() {
        return URI.create("http://127.0.0.1:" + socket.getLocalPort());
    }

    private static void start(Runnable task) {
        Thread thread = new Thread(task, "hostile-server");
        thread.setDaemon(true);
        thread.start();
    }

    private void accept() {
        try {
            while (true) {
                Socket client = socket.accept();
                clients.add(client);
                start(() -> serve(client));
            }
        } catch (IOException e) {
            // Closed.
        }
    }

    private void serve(Socket client) {
        try (client) {
            String head = request(new BufferedInputStream(client.getInputStream()));
            requests.incrementAndGet();
            if (head.contains(" /elsewhere ")) {
                elsewhere.incrementAndGet();
            }
            attack.respond(client, self());
            client.getOutputStream().flush();
        } catch (IOException e) {
            // The client has given up.
        }
    }

    /** Reads a request completely, or closing the connection would discard the response. Returns its head. */
    private static String request(InputStream in) throws IOException {
        StringBuilder head = new StringBuilder();
        while (head.indexOf("\r\n\r\n") < 0) {
            int next = in.read();
            if (next < 0) {
                throw new IOException("no request");
            }
            head.append((char) next);
        }
        int length = head.toString()
                .lines()
                .filter(line -> line.toLowerCase(Locale.ROOT).startsWith("content-length:"))
                .mapToInt(line -> Integer.parseInt(line.substring(15).strip()))
                .findFirst()
                .orElse(0);
        in.readNBytes(length);
        return head.toString();
    }

    @Override
    public void close() {
        try {
            socket.close();
            for (Socket client : clients) {
                client.close();
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
