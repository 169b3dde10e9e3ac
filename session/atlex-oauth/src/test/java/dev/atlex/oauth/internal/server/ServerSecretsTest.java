package dev.atlex.oauth.internal.server;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.internal.TimeSource;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.RequestBody;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportRequest;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexMap;
import dev.atlex.oauth.internal.dpop.DpopContext;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLDecoder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Servers and proxies quote requests in errors. No exception may show the secrets in them. */
class ServerSecretsTest {
    private static final AuthServer SERVER = new AuthServer(
            URI.create("https://pds.example"),
            URI.create("https://pds.example/oauth/authorize"),
            URI.create("https://pds.example/oauth/par"),
            URI.create("https://pds.example/oauth/token"),
            URI.create("https://pds.example/oauth/revoke"));

    private final P256PrivateKey key = P256PrivateKey.generate();
    private final P256PrivateKey clientKey = P256PrivateKey.generate();
    private final String refreshToken = "ref-" + Base64Url.random(32);
    private final String code = "cod-" + Base64Url.random(32);
    private final String verifier = Base64Url.random(32);
    private final String state = Base64Url.random(32);
    private final List<String> secrets = new ArrayList<>(List.of(
            refreshToken,
            code,
            verifier,
            state,
            key.toJwk().getString("d"),
            clientKey.toJwk().getString("d")));

    /** The ways in which a failure can quote the request. */
    private enum Failure {
        ERROR {
            @Override
            TransportResponse quote(String request) {
                return json(
                        400,
                        LexMap.builder()
                                .put("error", "invalid_request")
                                .put("error_description", "Unexpected request: " + request)
                                .build());
            }
        },
        ERROR_CODE {
            @Override
            TransportResponse quote(String request) {
                return json(400, LexMap.builder().put("error", request).build());
            }
        },
        SERVER_ERROR {
            @Override
            TransportResponse quote(String request) {
                return json(500, LexMap.builder().put("message", request).build());
            }
        },
        HTML {
            @Override
            TransportResponse quote(String request) {
                return TransportResponse.of(
                        403, HttpHeaders.of("content-type", "text/html"), ("<p>" + request).getBytes(UTF_8));
            }
        },
        INVALID_SUCCESS {
            @Override
            TransportResponse quote(String request) {
                return json(200, LexMap.builder().put("echo", request).build());
            }
        },
        TRANSPORT {
            @Override
            TransportResponse quote(String request) {
                throw new TransportException("POST pds.example: invalid header: " + request, null, true);
            }
        };

        abstract TransportResponse quote(String request);

        static TransportResponse json(int status, LexMap body) {
            return TransportResponse.of(
                    status,
                    HttpHeaders.of("content-type", "application/json"),
                    body.toJson().getBytes(UTF_8));
        }
    }

    private TransportResponse answer(Failure failure, TransportRequest request) {
        String form = read(request.body());
        String proof = String.valueOf(request.headers().first("DPoP"));
        secrets.add(proof);
        for (String pair : form.split("&")) {
            if (pair.startsWith("client_assertion=")) {
                secrets.add(pair.substring("client_assertion=".length()));
            }
        }
        String decoded = URLDecoder.decode(form, UTF_8);
        // Only the beginning of an explanation is shown, so each secret is put first in one of the cases.
        List<String> parts = new ArrayList<>(List.of(proof, form, decoded));
        secrets.forEach(secret -> {
            if (decoded.contains(secret)) {
                parts.add(0, secret);
            }
        });
        return failure.quote(String.join(" ", parts));
    }

    private static String read(@Nullable RequestBody body) {
        try (var in = body.open()) {
            return new String(in.readAllBytes(), UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @ParameterizedTest
    @EnumSource
    void exceptions_showNoSecret(Failure failure) {
        Transport transport = request -> answer(failure, request);
        AuthServerClient client = new AuthServerClient(transport, TimeSource.SYSTEM, DpopContext.of(TimeSource.SYSTEM));
        ClientAuth auth = ClientAuth.privateKeyJwt("https://app.example/client.json", "k1", clientKey);
        List<Object> outcomes = new ArrayList<>();
        for (Runnable one : List.<Runnable>of(
                () -> outcomes.add(client.push(
                        SERVER,
                        auth,
                        key,
                        Map.of("state", state, "code_challenge", Base64Url.sha256(verifier)),
                        Deadline.NONE)),
                () -> outcomes.add(client.exchange(
                        SERVER, auth, key, code, verifier, URI.create("https://app.example/cb"), Deadline.NONE)),
                () -> outcomes.add(client.refresh(SERVER, auth, key, refreshToken, Deadline.NONE)),
                () -> outcomes.add(client.revoke(SERVER, auth, key, refreshToken, Deadline.NONE)))) {
            try {
                one.run();
            } catch (RuntimeException e) {
                outcomes.add(e);
            }
        }

        assertThat(outcomes).hasSize(4);
        String shown = outcomes.stream().map(ServerSecretsTest::show).reduce("", String::concat) + auth + client;
        assertThat(shown).contains("pds.example");
        assertThat(secrets).hasSizeGreaterThan(8);
        secrets.forEach(secret -> Stream.of(secret, secret.substring(0, 24), secret.substring(secret.length() - 20))
                .forEach(part -> assertThat(shown).doesNotContain(part)));
    }

    private static String show(Object outcome) {
        Throwable failure = outcome instanceof Throwable thrown
                ? thrown
                : outcome instanceof RefreshReply.Unknown unknown
                        ? unknown.failure()
                        : outcome instanceof RefreshReply.Refused refused
                                ? refused.failure()
                                : outcome instanceof RevocationReply.Failed failed ? failed.failure() : null;
        StringWriter text = new StringWriter();
        text.append(outcome.toString()).append('\n');
        if (failure != null) {
            failure.printStackTrace(new PrintWriter(text));
            if (failure instanceof dev.atlex.oauth.OAuthResponseException e) {
                text.append(e.error()).append(e.errorDescription());
            }
        }
        return text.toString();
    }
}
