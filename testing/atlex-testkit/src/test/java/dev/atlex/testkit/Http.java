package dev.atlex.testkit;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;

/** Sends plain HTTP requests to a server, without using Atlex's client. */
final class Http {
    private static final HttpClient CLIENT = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(10))
            .build();

    private final URI base;

    Http(LocalPds pds) {
        this(pds.url());
    }

    Http(URI base) {
        this.base = base;
    }

    /** A response. */
    record Reply(HttpResponse<byte[]> response) {
        int status() {
            return response.statusCode();
        }

        String text() {
            return new String(response.body(), StandardCharsets.UTF_8);
        }

        LexMap json() {
            return (LexMap) LexValue.parseJson(text());
        }

        String string(String field) {
            String value = json().getString(field);
            if (value == null) {
                throw new AssertionError("no " + field + " in " + response.statusCode() + " " + text());
            }
            return value;
        }

        String header(String name) {
            return response.headers().firstValue(name).orElse(null);
        }

        /** Returns the status, error and message in one line. */
        String error() {
            LexMap body = json();
            return status() + " " + body.getString("error") + ": " + body.getString("message");
        }

        Reply ok() {
            if (status() != 200) {
                throw new AssertionError(status() + " " + text());
            }
            return this;
        }
    }

    HttpRequest.Builder request(String path, String token) {
        HttpRequest.Builder builder =
                HttpRequest.newBuilder(URI.create(base + path)).timeout(Duration.ofSeconds(20));
        return token == null ? builder : builder.header("Authorization", "Bearer " + token);
    }

    Reply send(HttpRequest.Builder request) {
        try {
            return new Reply(CLIENT.send(request.build(), BodyHandlers.ofByteArray()));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    Reply get(String methodAndQuery, String token) {
        return send(request("/xrpc/" + methodAndQuery, token));
    }

    /** Calls a procedure without input. */
    Reply post(String method, String token) {
        return send(request("/xrpc/" + method, token).POST(BodyPublishers.noBody()));
    }

    /** Calls a procedure with JSON, in which single quotes stand for double quotes. */
    Reply post(String method, String token, String json) {
        return send(request("/xrpc/" + method, token)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    Reply login(String identifier, String password) {
        return post(
                "com.atproto.server.createSession",
                null,
                "{'identifier':'" + identifier + "','password':'" + password + "'}");
    }

    Reply login(TestAccount account) {
        return login(account.handle(), account.password()).ok();
    }

    Reply refresh(String token) {
        return post("com.atproto.server.refreshSession", token);
    }

    Reply logout(String token) {
        return post("com.atproto.server.deleteSession", token);
    }

    Reply session(String token) {
        return get("com.atproto.server.getSession", token);
    }

    /** Returns the claims of a token, without verifying it. */
    static LexMap claims(String token) {
        return part(token, 1);
    }

    static LexMap part(String token, int part) {
        byte[] json = Base64.getUrlDecoder().decode(token.split("\\.")[part]);
        return (LexMap) LexValue.parseJson(new String(json, StandardCharsets.UTF_8));
    }
}
