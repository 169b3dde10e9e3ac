package dev.atlex.conformance;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Servers in a Node process that prints one line of JSON when they are ready. {@link #close()} ends the process. It
 * also ends when this JVM ends for any reason, because that closes its standard input.
 */
final class NodeServer implements AutoCloseable {
    private static final Duration STOP_LIMIT = Duration.ofSeconds(15);
    private static final Duration CALL_LIMIT = Duration.ofSeconds(30);

    // Doesn't offer to upgrade to HTTP/2, because the network's PDS closes such connections.
    private final HttpClient http =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private final Process process;
    private final Map<String, @Nullable Object> info;

    private NodeServer(Process process, Map<String, @Nullable Object> info) {
        this.process = process;
        this.info = info;
    }

    /**
     * Starts a script and waits until its servers are ready.
     *
     * @throws IllegalStateException if they aren't ready in time. The message contains the end of the process's output.
     */
    static NodeServer start(Installation installation, String script, List<String> arguments, Duration limit) {
        Path log = installation.newLog("network");
        Process process;
        try {
            process = new ProcessBuilder(installation.command(script, arguments))
                    .redirectError(log.toFile())
                    .start();
        } catch (IOException e) {
            throw new UncheckedIOException("can't start Node", e);
        }
        boolean ready = false;
        try {
            String line = firstLine(process).get(limit.toMillis(), TimeUnit.MILLISECONDS);
            NodeServer server = new NodeServer(process, Json.object(line));
            ready = true;
            return server;
        } catch (TimeoutException e) {
            throw new IllegalStateException(
                    script + ": servers weren't ready after " + limit + ":\n" + Installation.tail(log), e);
        } catch (ExecutionException e) {
            throw new IllegalStateException(
                    script + ": servers failed to start:\n" + Installation.tail(log), e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(script + ": interrupted while the servers started", e);
        } finally {
            if (!ready) {
                process.destroyForcibly();
            }
        }
    }

    /** Returns the line that the script printed. */
    Map<String, @Nullable Object> info() {
        return info;
    }

    /** Ends the process. Does nothing if it was already closed. */
    @Override
    public void close() {
        try {
            process.getOutputStream().close();
            if (!process.waitFor(STOP_LIMIT.toMillis(), TimeUnit.MILLISECONDS)) {
                process.destroyForcibly().waitFor();
            }
        } catch (IOException e) {
            process.destroyForcibly();
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
        }
    }

    /**
     * Returns the exit code of the process: 0 if it ended by itself.
     *
     * @throws IllegalThreadStateException if it still runs
     */
    int exitCode() {
        return process.exitValue();
    }

    /** Sends a GET and returns the body. Throws {@link IllegalStateException} for a status other than 200. */
    String get(URI url) {
        return send(HttpRequest.newBuilder(url).timeout(CALL_LIMIT).build());
    }

    /** Sends JSON and returns the body. Throws {@link IllegalStateException} for a status other than 200. */
    String post(URI url, Map<String, ? extends @Nullable Object> body, @Nullable String authorization) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("content-type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(Json.write(body)));
        if (authorization != null) {
            request.header("authorization", authorization);
        }
        return send(request.timeout(CALL_LIMIT).build());
    }

    private String send(HttpRequest request) {
        try {
            HttpResponse<String> response = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (response.statusCode() != 200) {
                throw new IllegalStateException(request.method() + " " + request.uri() + " returned status "
                        + response.statusCode() + ": " + response.body());
            }
            return response.body();
        } catch (IOException e) {
            throw new UncheckedIOException(request.method() + " " + request.uri() + " failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted during " + request.method() + " " + request.uri(), e);
        }
    }

    /** Reads all output, so that the process never blocks on a full pipe. Completes with the first line. */
    private static CompletableFuture<String> firstLine(Process process) {
        CompletableFuture<String> first = new CompletableFuture<>();
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader lines = process.inputReader(StandardCharsets.UTF_8)) {
                        for (String line = lines.readLine(); line != null; line = lines.readLine()) {
                            first.complete(line);
                        }
                        first.completeExceptionally(new IOException("process ended without output"));
                    } catch (IOException e) {
                        first.completeExceptionally(e);
                    }
                },
                "node-server-output");
        reader.setDaemon(true);
        reader.start();
        return first;
    }
}
