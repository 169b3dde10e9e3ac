package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import java.net.URI;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class SessionTest {
    private static final String REVOKED = "400 ExpiredToken: Token has been revoked";
    private static final String EXPIRED = "400 ExpiredToken: Token has expired";
    private static final String UNVERIFIED = "400 InvalidToken: Token could not be verified";
    private static final String TAKEN_DOWN = "401 AccountTakedown: Account has been taken down";
    private static final String WRONG = "401 AuthenticationRequired: Invalid identifier or password";

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private LocalPds pds;
    private Http http;
    private TestAccount alice;

    @BeforeEach
    void start() {
        pds = LocalPds.start(o -> o.clock(clock));
        http = new Http(pds);
        alice = pds.createAccount("alice.test", "alice-password");
    }

    @AfterEach
    void close() {
        pds.close();
    }

    @Test
    void createSession_acceptsHandleEmailAndDid() {
        for (String identifier : List.of(
                "alice.test",
                "ALICE.test",
                alice.email().toUpperCase(),
                alice.did().toString())) {
            assertThat(http.login(identifier, "alice-password").string("did"))
                    .isEqualTo(alice.did().toString());
        }
        assertThat(http.login("alice.test", "wrong").error()).isEqualTo(WRONG);
        assertThat(http.login("nobody.test", "alice-password").error()).isEqualTo(WRONG);
        assertThat(http.login("@alice.test", "alice-password").error()).isEqualTo(WRONG);
        assertThat(http.login("alice.test", "x".repeat(600)).error())
                .isEqualTo("401 AuthenticationRequired: Password too long. Consider resetting your password.");
    }

    @Test
    void createSession_fieldsAreInReferenceOrder() {
        LexMap session = http.login(alice).json();

        assertThat(session.keySet())
                .containsExactly(
                        "accessJwt", "refreshJwt", "did", "didDoc", "handle", "email", "emailConfirmed", "active");
        assertThat(http.session(session.getString("accessJwt")).json())
                .isEqualTo(session.toBuilder()
                        .remove("accessJwt")
                        .remove("refreshJwt")
                        .build());
        assertThat(session.getMap("didDoc").getArray("service").get(0))
                .isEqualTo(LexMap.builder()
                        .put("id", "#atproto_pds")
                        .put("type", "AtprotoPersonalDataServer")
                        .put("serviceEndpoint", pds.url().toString())
                        .build());
    }

    @Test
    void tokens_haveSameClaimsAsReference() {
        Http.Reply session = http.login(alice);
        String access = session.string("accessJwt");
        String refresh = session.string("refreshJwt");
        long now = clock.instant().getEpochSecond();

        assertThat(Http.part(access, 0).toJson()).isEqualTo("{\"typ\":\"at+jwt\",\"alg\":\"HS256\"}");
        assertThat(Http.claims(access).toJson())
                .isEqualTo("{\"scope\":\"com.atproto.access\",\"aud\":\"did:web:localhost\",\"sub\":\"" + alice.did()
                        + "\",\"iat\":" + now + ",\"exp\":" + (now + 7200) + "}");
        assertThat(Http.part(refresh, 0).getString("typ")).isEqualTo("refresh+jwt");
        assertThat(Http.claims(refresh).keySet()).containsExactly("scope", "aud", "sub", "jti", "iat", "exp");
        assertThat(Http.claims(refresh).getInteger("exp")).isEqualTo(now + 90 * 86400);
    }

    @Test
    void accessToken_isValidUntilEndOfSecond() {
        String access = http.login(alice).string("accessJwt");

        clock.advance(Duration.ofSeconds(7199));
        assertThat(http.session(access).status()).isEqualTo(200);
        clock.advance(Duration.ofSeconds(1));
        assertThat(http.session(access).error()).isEqualTo(EXPIRED);
        pds.behavior().expiredTokenAs401(true);
        assertThat(http.session(access).error()).isEqualTo("401 ExpiredToken: Token has expired");
        String refresh = http.login(alice).string("refreshJwt");
        pds.revokeSessions(alice.did());
        assertThat(http.refresh(refresh).error()).isEqualTo("401 ExpiredToken: Token has been revoked");
    }

    @Test
    void tokens_areValidForTheirOwnPurposeOnly() {
        Http.Reply session = http.login(alice);
        String access = session.string("accessJwt");
        String refresh = session.string("refreshJwt");

        assertThat(http.session(refresh).error()).isEqualTo(UNVERIFIED);
        assertThat(http.refresh(access).error()).isEqualTo(UNVERIFIED);
        assertThat(http.logout(access).error()).isEqualTo(UNVERIFIED);
        assertThat(http.session("garbage").error()).isEqualTo(UNVERIFIED);
        assertThat(http.session(access.substring(0, access.length() - 8) + "AAAAAAAA")
                        .error())
                .isEqualTo(UNVERIFIED);
        assertThat(http.session(null).error()).isEqualTo("401 AuthMissing: Authentication Required");
    }

    @Test
    void tokensFromAnotherServer_areRejected() {
        try (LocalPds other = LocalPds.start(o -> o.clock(clock).account("alice.test", "x"))) {
            String foreign = new Http(other).login("alice.test", "x").string("accessJwt");
            assertThat(http.session(foreign).error()).isEqualTo(UNVERIFIED);
        }
    }

    @Test
    void usedRefreshToken_hasSameSuccessorForTwoHours() {
        String first = http.login(alice).string("refreshJwt");
        Set<String> successors = new HashSet<>();
        IntStream.range(0, 8).parallel().forEach(i -> {
            String jti =
                    Http.claims(http.refresh(first).ok().string("refreshJwt")).getString("jti");
            synchronized (successors) {
                successors.add(jti);
            }
        });
        clock.advance(Duration.ofMinutes(119));
        String second = http.refresh(first).ok().string("refreshJwt");
        successors.add(Http.claims(second).getString("jti"));
        assertThat(successors).hasSize(1);

        clock.advance(Duration.ofMinutes(1)); // two hours after the first use, although only a minute after the last
        assertThat(http.refresh(first).error()).isEqualTo(REVOKED);
        assertThat(http.refresh(second).status()).isEqualTo(200);
    }

    @Test
    void gracePeriod_zeroAllowsOneUse() {
        pds.behavior().gracePeriod(Duration.ZERO);
        String first = http.login(alice).string("refreshJwt");

        String second = http.refresh(first).ok().string("refreshJwt");
        assertThat(http.refresh(first).error()).isEqualTo(REVOKED);
        assertThat(http.refresh(second).status()).isEqualTo(200);
    }

    @Test
    void refreshToken_expiresAfterLifetime() {
        String first = http.login(alice).string("refreshJwt");
        pds.behavior().refreshTokenLifetime(Duration.ofMinutes(1)).accessTokenLifetime(Duration.ofSeconds(1));
        Http.Reply shortLived = http.login(alice);
        clock.advance(Duration.ofMinutes(1));

        assertThat(http.refresh(shortLived.string("refreshJwt")).error()).isEqualTo(EXPIRED);
        assertThat(http.session(shortLived.string("accessJwt")).error()).isEqualTo(EXPIRED);
        clock.advance(Duration.ofDays(90));
        assertThat(http.refresh(first).error()).isEqualTo(EXPIRED);
    }

    @Test
    void deleteSession_predecessorRevivesSession() {
        String first = http.login(alice).string("refreshJwt");
        String second = http.refresh(first).ok().string("refreshJwt");

        for (int i = 0; i < 2; i++) {
            Http.Reply done = http.logout(second).ok();
            assertThat(done.text()).isEmpty();
            assertThat(done.header("content-type")).isNull();
        }
        assertThat(http.refresh(second).error()).isEqualTo(REVOKED);
        assertThat(http.refresh(first).status()).isEqualTo(200);
        assertThat(http.refresh(second).status()).isEqualTo(200);
    }

    @Test
    void deleteSession_acceptsExpiredToken() {
        String refresh = http.login(alice).string("refreshJwt");
        clock.advance(Duration.ofDays(91));
        assertThat(http.logout(refresh).status()).isEqualTo(200);
    }

    @Test
    void refreshAndDeleteSession_rejectBody() {
        String refresh = http.login(alice).string("refreshJwt");
        String refused = "400 InvalidRequest: A request body was provided when none was expected";

        assertThat(http.post("com.atproto.server.refreshSession", refresh, "{}").error())
                .isEqualTo(refused);
        assertThat(http.post("com.atproto.server.deleteSession", refresh, "{}").error())
                .isEqualTo(refused);
        assertThat(http.refresh(refresh).status()).isEqualTo(200);
    }

    @Test
    void appPasswords_haveScopesAndCannotCreateOthers() {
        String plain = pds.createAppPassword(alice.did(), "bot");
        String privileged = pds.createPrivilegedAppPassword(alice.did(), "chat");
        String access = http.login("alice.test", plain).string("accessJwt");

        assertThat(plain).matches("[a-z2-7]{4}(-[a-z2-7]{4}){3}");
        assertThat(Http.claims(access).getString("scope")).isEqualTo("com.atproto.appPass");
        assertThat(Http.claims(http.login("alice.test", privileged).string("accessJwt"))
                        .getString("scope"))
                .isEqualTo("com.atproto.appPassPrivileged");
        assertThat(http.post("com.atproto.server.createAppPassword", access, "{'name':'more'}")
                        .error())
                .isEqualTo("400 InvalidToken: Bad token scope");
        assertThat(http.session(access).status()).isEqualTo(200);
    }

    @Test
    void appPasswords_areManagedWithMainPassword() {
        String access = http.login(alice).string("accessJwt");
        LexMap made = http.post("com.atproto.server.createAppPassword", access, "{'name':'bot'}")
                .ok()
                .json();
        assertThat(made.keySet()).containsExactly("name", "password", "createdAt", "privileged");
        assertThat(http.post("com.atproto.server.createAppPassword", access, "{'name':'bot'}")
                        .error())
                .isEqualTo("500 InternalServerError: Internal Server Error");
        clock.advance(Duration.ofSeconds(1));
        http.post("com.atproto.server.createAppPassword", access, "{'name':'chat','privileged':true}")
                .ok();
        assertThat(http.get("com.atproto.server.listAppPasswords", access).text())
                .isEqualTo(
                        "{\"passwords\":[{\"name\":\"chat\",\"createdAt\":\"2026-01-01T00:00:01.000Z\",\"privileged\":true},"
                                + "{\"name\":\"bot\",\"createdAt\":\"2026-01-01T00:00:00.000Z\",\"privileged\":false}]}");

        Http.Reply session = http.login("alice.test", made.getString("password"));
        Http.Reply revoked = http.post("com.atproto.server.revokeAppPassword", access, "{'name':'bot'}");
        assertThat(revoked.text()).isEmpty();
        assertThat(http.refresh(session.string("refreshJwt")).error()).isEqualTo(REVOKED);
        assertThat(http.session(session.string("accessJwt")).status()).isEqualTo(200);
        assertThat(http.login("alice.test", made.getString("password")).error()).isEqualTo(WRONG);
    }

    @Test
    void refresh_keepsScopeOfAppPassword() {
        String password = pds.createAppPassword(alice.did(), "bot");
        String refresh = http.login("alice.test", password).string("refreshJwt");
        assertThat(Http.claims(http.refresh(refresh).string("accessJwt")).getString("scope"))
                .isEqualTo("com.atproto.appPass");
    }

    @Test
    void takedown_revokesRefreshTokensForGood() {
        String app = pds.createAppPassword(alice.did(), "bot");
        Http.Reply session = http.login(alice);
        String access = session.string("accessJwt");
        pds.takedown(alice.did());

        assertThat(http.login("alice.test", "alice-password").error()).isEqualTo(TAKEN_DOWN);
        assertThat(http.login("alice.test", "wrong").error()).isEqualTo(WRONG);
        assertThat(http.login("alice.test", app).error()).isEqualTo(WRONG);
        assertThat(http.refresh(session.string("refreshJwt")).error()).isEqualTo(TAKEN_DOWN);
        assertThat(http.session(access).error())
                .isEqualTo("400 InvalidRequest: Could not find user info for account: " + alice.did());
        assertThat(http.post("com.atproto.server.createAppPassword", access, "{'name':'b'}")
                        .error())
                .isEqualTo(TAKEN_DOWN);

        pds.reinstate(alice.did());
        assertThat(http.refresh(session.string("refreshJwt")).error()).isEqualTo(REVOKED);
        assertThat(http.session(access).status()).isEqualTo(200);
    }

    @Test
    void takedown_allowTakendownGetsNarrowToken() {
        pds.takedown(alice.did());
        Http.Reply session = http.post(
                "com.atproto.server.createSession",
                null,
                "{'identifier':'alice.test','password':'alice-password','allowTakendown':true}");
        String access = session.string("accessJwt");

        assertThat(session.json().getBoolean("active")).isFalse();
        assertThat(session.string("status")).isEqualTo("takendown");
        assertThat(Http.claims(access).getString("scope")).isEqualTo("com.atproto.takendown");
        assertThat(http.session(access).error()).isEqualTo("400 InvalidToken: Bad token scope");
        assertThat(http.refresh(session.string("refreshJwt")).error()).isEqualTo(TAKEN_DOWN);
        assertThat(http.logout(session.string("refreshJwt")).status()).isEqualTo(200);
        pds.suspend(alice.did());
        pds.reinstate(alice.did());
        assertThat(http.login(alice).json().getBoolean("active")).isTrue();
    }

    @Test
    void takedown_overHttp() {
        String admin = "Basic "
                + Base64.getEncoder().encodeToString(("admin:" + pds.adminPassword()).getBytes(StandardCharsets.UTF_8));
        String body = "{\"subject\":{\"$type\":\"com.atproto.admin.defs#repoRef\",\"did\":\"" + alice.did()
                + "\"},\"takedown\":{\"applied\":%s}}";
        for (String authorization : List.of("Basic YTpi", admin)) {
            Http.Reply reply = http.send(http.request("/xrpc/com.atproto.admin.updateSubjectStatus", null)
                    .header("Authorization", authorization)
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString(body.formatted(true))));
            assertThat(reply.status()).isEqualTo(authorization.equals(admin) ? 200 : 401);
            assertThat(http.login("alice.test", "alice-password").status())
                    .isEqualTo(authorization.equals(admin) ? 401 : 200);
        }
    }

    @Test
    void deactivatedAccount_signsInWithStatus() {
        String access = http.login(alice).string("accessJwt");
        assertThat(http.post("com.atproto.server.deactivateAccount", access, "{}")
                        .text())
                .isEmpty();

        for (Http.Reply reply : List.of(http.login(alice), http.session(access))) {
            assertThat(reply.json().getBoolean("active")).isFalse();
            assertThat(reply.string("status")).isEqualTo("deactivated");
        }
        http.post("com.atproto.server.activateAccount", access).ok();
        assertThat(http.session(access).json().get("status")).isNull();
        pds.deactivate(alice.did());
        assertThat(http.session(access).string("status")).isEqualTo("deactivated");
        pds.activate(alice.did());
        assertThat(http.session(access).json().getBoolean("active")).isTrue();
    }

    @Test
    void twoFactor_appliesToMainPasswordOnly() {
        pds.behavior().twoFactor(true).authFactorCode("12345-67890");
        String app = pds.createAppPassword(alice.did(), "bot");
        String login = "{'identifier':'alice.test','password':'alice-password','authFactorToken':'%s'}";

        assertThat(http.login("alice.test", "alice-password").error())
                .isEqualTo("401 AuthFactorTokenRequired: A sign in code has been sent to your email address");
        assertThat(http.login("alice.test", "wrong").error()).isEqualTo(WRONG);
        assertThat(http.post("com.atproto.server.createSession", null, login.formatted("nope"))
                        .error())
                .isEqualTo("400 InvalidToken: Token is invalid");
        assertThat(http.post(
                                "com.atproto.server.createSession",
                                null,
                                login.formatted(pds.behavior().authFactorCode()))
                        .status())
                .isEqualTo(200);
        assertThat(http.login("alice.test", app).status()).isEqualTo(200);
    }

    @Test
    void behavior_omitsOrBreaksSessionFields() {
        pds.behavior().withoutDidDoc().emailConfirmed(false);
        assertThat(http.login(alice).json().keySet())
                .containsExactly("accessJwt", "refreshJwt", "did", "handle", "email", "active");
        pds.behavior().malformedDidDoc();
        assertThat(http.login(alice).json().getMap("didDoc").getString("id")).isNull();
        pds.behavior().wholeDidDoc();
        pds.setPdsEndpoint(alice.did(), URI.create("https://moved.test"));
        assertThat(http.login(alice).text()).contains("\"serviceEndpoint\":\"https://moved.test\"");
    }

    @Test
    void createAccount_overHttpSignsIn() {
        String bob = "{'handle':'bob.test','email':'bob@mail.test','password':'x'}";
        Http.Reply made =
                http.post("com.atproto.server.createAccount", null, bob).ok();

        assertThat(made.json().keySet()).containsExactly("handle", "did", "didDoc", "accessJwt", "refreshJwt");
        assertThat(http.session(made.string("accessJwt")).string("handle")).isEqualTo("bob.test");
        assertThat(http.post("com.atproto.server.createAccount", null, bob).error())
                .isEqualTo("400 InvalidRequest: Handle already taken: bob.test");
    }
}
