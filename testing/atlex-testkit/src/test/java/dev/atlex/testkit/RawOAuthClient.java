package dev.atlex.testkit;

import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.Jws;
import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexMap;
import java.net.URI;
import java.net.URLDecoder;
import java.net.URLEncoder;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * A minimal OAuth client over plain HTTP. It checks nothing, and repeats a request only to use a new nonce. Tests
 * change single requests to see what the server rejects.
 */
final class RawOAuthClient {
    static final String SCOPE = "atproto transition:generic";
    static final String REDIRECT_URI = "http://127.0.0.1:9999/callback";

    private static final String FORM = "application/x-www-form-urlencoded";

    final LocalPds pds;
    final Clock clock;
    final String clientId;
    String redirectUri = REDIRECT_URI;
    String scope;
    P256PrivateKey key = P256PrivateKey.generate();

    @Nullable
    P256PrivateKey clientKey;

    String kid = "key-1";
    String verifier = "";
    private final Map<String, String> nonces = new TreeMap<>();

    RawOAuthClient(LocalPds pds, Clock clock, String clientId, String scope) {
        this.pds = pds;
        this.clock = clock;
        this.clientId = clientId;
        this.scope = scope;
    }

    static RawOAuthClient loopback(LocalPds pds, Clock clock, String scope) {
        return new RawOAuthClient(pds, clock, loopbackId("http://127.0.0.1/callback", scope), scope);
    }

    static String loopbackId(String redirectUri, String scope) {
        return "http://localhost?" + form(Map.of("redirect_uri", redirectUri, "scope", scope));
    }

    static String form(Map<String, String> fields) {
        return new TreeMap<>(fields)
                .entrySet().stream()
                        .map(e -> e.getKey() + "=" + URLEncoder.encode(e.getValue(), StandardCharsets.UTF_8))
                        .collect(Collectors.joining("&"));
    }

    /** Returns the parameters in a callback URI. */
    static Map<String, String> query(URI callback) {
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String pair : callback.getRawQuery().split("&")) {
            String[] parts = pair.split("=", 2);
            parameters.put(parts[0], URLDecoder.decode(parts[1], StandardCharsets.UTF_8));
        }
        return parameters;
    }

    /** A request that a test may change before it is sent. */
    final class Call {
        final String method;
        final URI url;
        final Map<String, String> form;

        @Nullable
        String json;

        @Nullable
        String token;

        String scheme = "DPoP";
        boolean proves = true;

        @Nullable
        P256PrivateKey signer;

        Consumer<LexMap.Builder> proof = claims -> {};
        Consumer<LexMap.Builder> assertion = claims -> {};
        Map<String, String> headers = new LinkedHashMap<>();

        @Nullable
        String sentProof;

        Call(String method, URI url, Map<String, String> form) {
            this.method = method;
            this.url = url;
            this.form = new LinkedHashMap<>(form);
        }

        Call set(String name, String value) {
            form.put(name, value);
            return this;
        }

        Call without(String... names) {
            for (String name : names) {
                form.remove(name);
            }
            return this;
        }

        Call json(String body) {
            this.json = body.replace('\'', '"');
            return this;
        }

        /** Changes the claims of the proof. */
        Call proof(Consumer<LexMap.Builder> change) {
            proof = change;
            return this;
        }

        /** Changes the claims of the client assertion. */
        Call assertion(Consumer<LexMap.Builder> change) {
            assertion = change;
            return this;
        }

        Call header(String name, String value) {
            headers.put(name, value);
            return this;
        }

        Call signedBy(P256PrivateKey other) {
            signer = other;
            return this;
        }

        Call withoutProof() {
            proves = false;
            return this;
        }

        Call scheme(String name) {
            scheme = name;
            return this;
        }

        String newProof() {
            LexMap.Builder claims = LexMap.builder()
                    .put("jti", Base64Url.random(16))
                    .put("htm", method)
                    .put("htu", url.toString().replaceFirst("\\?.*", ""))
                    .put("iat", clock.instant().getEpochSecond());
            String nonce = nonces.get(origin(url));
            if (nonce != null) {
                claims.put("nonce", nonce);
            }
            if (token != null) {
                claims.put("ath", Base64Url.sha256(token));
            }
            proof.accept(claims);
            P256PrivateKey by = signer == null ? key : signer;
            LexMap header = LexMap.builder()
                    .put("typ", "dpop+jwt")
                    .put("jwk", by.publicKey().toJwk())
                    .build();
            return Jws.sign(header, claims.build(), by);
        }

        /** Sends the request once, with the latest nonce if there is one. */
        Http.Reply once() {
            HttpRequest.Builder request = HttpRequest.newBuilder(url);
            headers.forEach(request::header);
            if (proves) {
                sentProof = newProof();
                request.header("DPoP", sentProof);
            }
            if (token != null) {
                request.header("Authorization", scheme + " " + token);
            }
            if (json != null) {
                request.header("Content-Type", "application/json").method(method, BodyPublishers.ofString(json));
            } else if (method.equals("POST") && token == null) {
                Map<String, String> fields = new LinkedHashMap<>(form);
                if (clientKey != null && !fields.containsKey("client_assertion")) {
                    fields.put("client_assertion", newAssertion(assertion));
                }
                fields.values().removeIf(String::isEmpty);
                request.header("Content-Type", FORM).method(method, BodyPublishers.ofString(form(fields)));
            } else {
                request.method(method, BodyPublishers.noBody());
            }
            Http.Reply reply = new Http(pds).send(request);
            String nonce = reply.header("DPoP-Nonce");
            if (nonce != null) {
                nonces.put(origin(url), nonce);
            }
            return reply;
        }

        /** Sends the request, and once more if the server requires a new nonce. */
        Http.Reply send() {
            Http.Reply reply = once();
            return reply.text().contains("use_dpop_nonce") ? once() : reply;
        }
    }

    static String origin(URI url) {
        return url.getScheme() + "://" + url.getRawAuthority();
    }

    void forgetNonces() {
        nonces.clear();
    }

    private String newAssertion(Consumer<LexMap.Builder> change) {
        long now = clock.instant().getEpochSecond();
        LexMap.Builder header = LexMap.builder();
        if (!kid.isEmpty()) {
            header.put("kid", kid);
        }
        LexMap.Builder claims = LexMap.builder()
                .put("iss", clientId)
                .put("sub", clientId)
                .put("aud", pds.url().toString())
                .put("jti", Base64Url.random(16))
                .put("iat", now)
                .put("exp", now + 60);
        change.accept(claims);
        return Jws.sign(header.build(), claims.build(), clientKey);
    }

    private Call endpoint(String path, Map<String, String> form) {
        Call call = new Call("POST", URI.create(pds.url() + path), form).set("client_id", clientId);
        return clientKey == null
                ? call
                : call.set("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
    }

    Call push() {
        verifier = Base64Url.random(32);
        return endpoint(
                "/oauth/par",
                Map.of(
                        "response_type",
                        "code",
                        "redirect_uri",
                        redirectUri,
                        "scope",
                        scope,
                        "state",
                        "some-state",
                        "code_challenge",
                        Base64Url.sha256(verifier),
                        "code_challenge_method",
                        "S256"));
    }

    URI authorizationUrl(Http.Reply pushed) {
        if (pushed.status() != 201) {
            throw new AssertionError(pushed.status() + " " + pushed.text());
        }
        return URI.create(pds.url() + "/oauth/authorize?"
                + form(Map.of("client_id", clientId, "request_uri", pushed.string("request_uri"))));
    }

    Call exchange(String code) {
        return endpoint(
                "/oauth/token",
                Map.of(
                        "grant_type", "authorization_code",
                        "code", code,
                        "redirect_uri", redirectUri,
                        "code_verifier", verifier));
    }

    Call refresh(String refreshToken) {
        return endpoint("/oauth/token", Map.of("grant_type", "refresh_token", "refresh_token", refreshToken));
    }

    Call revoke(String token) {
        return endpoint("/oauth/revoke", Map.of("token", token));
    }

    /** Pushes a request and signs in. Returns the code. */
    String code(TestAccount account) {
        return query(pds.authorize(authorizationUrl(push().send()), account)).get("code");
    }

    /** Returns the token response of a new session. */
    LexMap signIn(TestAccount account) {
        return exchange(code(account)).send().ok().json();
    }

    Call get(String accessToken, String methodAndQuery) {
        Call call = new Call("GET", URI.create(pds.pdsUrl() + "/xrpc/" + methodAndQuery), Map.of());
        call.token = accessToken;
        return call;
    }

    Call getSession(String accessToken) {
        return get(accessToken, "com.atproto.server.getSession");
    }

    /** Calls a procedure with JSON, in which single quotes stand for double quotes. */
    Call post(String accessToken, String method, String json) {
        Call call = new Call("POST", URI.create(pds.pdsUrl() + "/xrpc/" + method), Map.of());
        call.token = accessToken;
        return call.json(json);
    }

    Call createPost(String accessToken, TestAccount account) {
        return post(
                accessToken,
                "com.atproto.repo.createRecord",
                "{'repo':'" + account.did()
                        + "','collection':'app.bsky.feed.post','record':{'$type':'app.bsky.feed.post',"
                        + "'text':'hello','createdAt':'2026-01-01T00:00:00Z'}}");
    }
}
