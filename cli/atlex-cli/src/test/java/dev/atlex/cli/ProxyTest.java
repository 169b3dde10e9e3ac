package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import dev.atlex.testkit.LocalPds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Tests that the CLI uses the proxies that environment variables name. */
class ProxyTest {
    private static final String PROXY_PASSWORD = "proxy-password";

    @TempDir
    Path folder;

    private final Queue<String> forwarded = new ConcurrentLinkedQueue<>();
    private Cli cli;
    private LocalPds pds;
    private HttpServer proxy;

    @BeforeEach
    void start() throws IOException {
        cli = new Cli(folder);
        cli.secrets.add(PROXY_PASSWORD);
        cli.environment.put("ATLEX_PASSWORD", Cli.PASSWORD);
        pds = LocalPds.start(o -> o.account("alice.test", Cli.PASSWORD));
        proxy = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        proxy.createContext("/", this::forward);
        proxy.start();
    }

    @AfterEach
    void stop() {
        proxy.stop(0);
        pds.close();
    }

    private void forward(HttpExchange exchange) throws IOException {
        String expected = "Basic " + Base64.getEncoder().encodeToString(("bob:" + PROXY_PASSWORD).getBytes(UTF_8));
        if (!expected.equals(exchange.getRequestHeaders().getFirst("Proxy-Authorization"))) {
            exchange.sendResponseHeaders(407, -1);
            exchange.close();
            return;
        }
        forwarded.add(exchange.getRequestMethod() + " " + exchange.getRequestURI());
        HttpRequest.Builder request = HttpRequest.newBuilder(exchange.getRequestURI())
                .method(
                        exchange.getRequestMethod(),
                        HttpRequest.BodyPublishers.ofByteArray(
                                exchange.getRequestBody().readAllBytes()));
        for (String name : List.of("Authorization", "Content-Type", "User-Agent")) {
            exchange.getRequestHeaders().getOrDefault(name, List.of()).forEach(value -> request.header(name, value));
        }
        try {
            HttpResponse<byte[]> response =
                    HttpClient.newHttpClient().send(request.build(), HttpResponse.BodyHandlers.ofByteArray());
            response.headers()
                    .firstValue("content-type")
                    .ifPresent(type -> exchange.getResponseHeaders().set("Content-Type", type));
            exchange.sendResponseHeaders(
                    response.statusCode(), response.body().length == 0 ? -1 : response.body().length);
            exchange.getResponseBody().write(response.body());
            exchange.close();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private String proxyUrl(String user) {
        return "http://" + user + "@127.0.0.1:" + proxy.getAddress().getPort();
    }

    private Cli.Result login() {
        return cli.run("login", "--service", pds.url().toString(), "alice.test");
    }

    @Test
    void proxyFromEnvironment_isUsed() {
        cli.environment.put("http_proxy", proxyUrl("bob:" + PROXY_PASSWORD));

        login().succeeds();
        cli.run("whoami").succeeds();

        assertThat(forwarded).contains("POST " + pds.url() + "/xrpc/com.atproto.server.createSession");
        assertThat(pds.requests())
                .allSatisfy(request -> assertThat(request.headers().entrySet().stream()
                                .filter(header -> header.getKey().equalsIgnoreCase("User-Agent"))
                                .map(Map.Entry::getValue))
                        .singleElement()
                        .asString()
                        .startsWith("atlex/"));
    }

    @Test
    void wrongPassword_isNetworkError() {
        cli.secrets.add("wrong-password");
        cli.environment.put("HTTP_PROXY", proxyUrl("bob:wrong-password"));

        assertThat(login().fails(4, "Proxy").err())
                .contains("the proxy 127.0.0.1:" + proxy.getAddress().getPort()
                        + " rejects the user name or password (status 407)");
    }

    @Test
    void noProxy_goesDirectly() {
        cli.environment.put("HTTP_PROXY", proxyUrl("bob:" + PROXY_PASSWORD));
        cli.environment.put("NO_PROXY", "example.com," + pds.url().getHost());

        login().succeeds();
        assertThat(forwarded).isEmpty();
    }

    @Test
    void invalidProxy_isUsageError() {
        cli.environment.put("HTTPS_PROXY", "socks5://bob:" + PROXY_PASSWORD + "@localhost");

        assertThat(login().fails(2, "Usage").err())
                .contains("HTTPS_PROXY: SOCKS proxies aren't supported; use the URL of an HTTP proxy");
    }
}
