package dev.atlex.testkit;

import static dev.atlex.testkit.OAuthRows.row;
import static dev.atlex.testkit.OAuthRows.shown;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.testkit.RawOAuthClient.Call;
import java.net.URI;
import java.time.Instant;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Tests calls with a token, and compares the responses with the reference server's. */
class OAuthResourceTest {
    private static final String PROOF = "401 invalid_dpop_proof: ";
    private static final String BAD_TOKEN = "401 invalid_token: ";
    private static final String MISSING = "403 ScopeMissingError: Missing required scope ";

    private final MutableClock clock = MutableClock.at(Instant.parse("2026-01-01T00:00:00Z"));
    private LocalPds pds;
    private TestAccount alice;
    private TestAccount bob;

    @BeforeEach
    void start() {
        pds = LocalPds.start(o -> o.clock(clock));
        alice = pds.createAccount("alice.test", "alice-password");
        bob = pds.createAccount("bob.test", "bob-password");
    }

    @AfterEach
    void close() {
        pds.close();
    }

    /** A session with these scopes. */
    private final class Session {
        final RawOAuthClient client;
        final LexMap tokens;
        final String access;

        Session(String... scopes) {
            client = RawOAuthClient.loopback(pds, clock, String.join(" ", scopes));
            tokens = client.signIn(alice);
            access = String.valueOf(tokens.getString("access_token"));
            assertThat(String.valueOf(tokens.getString("scope")).split(" ")).contains(scopes[0].split(" "));
            getSession().send().ok(); // the PDS may have different nonces
        }

        Call getSession() {
            return client.getSession(access);
        }

        Call get(String methodAndQuery) {
            return client.get(access, methodAndQuery);
        }

        Call post(String method, String json) {
            return client.post(access, method, json);
        }

        Call post(String method) {
            return client.new Call("POST", URI.create(pds.url() + "/xrpc/" + method), Map.of());
        }

        Call write(String kind, String rest) {
            return post("com.atproto.repo." + kind, "{'repo':'" + alice.did() + "'," + rest + "}");
        }

        Call create(String collection) {
            return write("createRecord", "'collection':'" + collection + "','validate':false,'record':{'a':1}");
        }

        Call upload(String mediaType) {
            Call call = post("com.atproto.repo.uploadBlob").header("Content-Type", mediaType);
            call.token = access;
            return call;
        }
    }

    private static Call withToken(Session session, String token) {
        return session.client.getSession(token);
    }

    @TestFactory
    Stream<DynamicTest> tokensAndProofs() {
        Session session = new Session(RawOAuthClient.SCOPE);
        Call replayed = session.getSession();
        String age = "Failed to verify DPoP proof: \"iat\" claim timestamp check failed (too far in the past)";
        return Stream.of(
                row(
                        "GET, DPoP without nonce",
                        "401 use_dpop_nonce: Authorization server requires nonce in DPoP proof [described challenge]",
                        () -> session.getSession()
                                .proof(claims -> claims.remove("nonce"))
                                .once()),
                row("with it", "200", replayed::once),
                row(
                        "unknown nonce",
                        "401 use_dpop_nonce: DPoP \"nonce\" mismatch [challenge]",
                        () -> session.getSession()
                                .proof(claims -> claims.put("nonce", "none"))
                                .once()),
                row(
                        "no DPoP header",
                        PROOF + "DPoP proof required [described challenge]",
                        () -> session.getSession().withoutProof().once()),
                row(
                        "Bearer instead of DPoP",
                        "400 InvalidToken: Malformed token (no nonce)",
                        () -> session.getSession().scheme("Bearer").once()),
                row(
                        "DPoP scheme in lower case",
                        "200",
                        () -> session.getSession().scheme("dpop").once()),
                row(
                        "another key",
                        BAD_TOKEN + "Invalid DPoP key binding [described challenge]",
                        () -> session.getSession()
                                .signedBy(P256PrivateKey.generate())
                                .once()),
                row(
                        "wrong ath",
                        PROOF + "DPoP \"ath\" mismatch [challenge]",
                        () -> session.getSession()
                                .proof(claims -> claims.put("ath", "x"))
                                .once()),
                row(
                        "no ath",
                        PROOF + "DPoP \"ath\" mismatch [challenge]",
                        () -> session.getSession()
                                .proof(claims -> claims.remove("ath"))
                                .once()),
                row(
                        "the same proof a second time",
                        PROOF + "DPoP proof replayed [described challenge]",
                        () -> session.getSession()
                                .withoutProof()
                                .header("DPoP", replayed.sentProof)
                                .once()),
                row(
                        "htu of another host",
                        PROOF + "DPoP \"htu\" mismatch [challenge]",
                        () -> session.getSession()
                                .proof(claims ->
                                        claims.put("htu", "http://localhost:1/xrpc/com.atproto.server.getSession"))
                                .once()),
                row(
                        "iat -300 s",
                        PROOF + age + " [challenge]",
                        () -> session.getSession()
                                .proof(claims ->
                                        claims.put("iat", clock.instant().getEpochSecond() - 300))
                                .once()),
                row(
                        "garbage token",
                        BAD_TOKEN + "Malformed token [described challenge]",
                        () -> withToken(session, "garbage").once()),
                row(
                        "a refresh token",
                        BAD_TOKEN + "Malformed token [described challenge]",
                        () -> withToken(session, session.tokens.getString("refresh_token"))
                                .once()),
                row(
                        "no Authorization, with DPoP",
                        "401 AuthMissing: Authentication Required (no nonce)",
                        () -> withToken(session, null).once()),
                row(
                        "public method with the token",
                        "200 (no nonce)",
                        () -> session.get("com.atproto.server.describeServer").once()),
                row(
                        "query string",
                        "200",
                        () -> session.get("com.atproto.server.getSession?x=y").once()));
    }

    @TestFactory
    Stream<DynamicTest> methods() {
        Session session = new Session(RawOAuthClient.SCOPE);
        String unsupported = "403 Forbidden: OAuth credentials are not supported for this endpoint";
        return Stream.of(
                row(
                        "createRecord",
                        "200",
                        () -> session.client.createPost(session.access, alice).once()),
                row(
                        "createRecord in another's repo",
                        "401 AuthenticationRequired: Authentication Required",
                        () -> session.client.createPost(session.access, bob).once()),
                row(
                        "getPreferences",
                        "200",
                        () -> session.get("app.bsky.actor.getPreferences").once()),
                row(
                        "getTimeline",
                        "200",
                        () -> session.get("app.bsky.feed.getTimeline").once()),
                row(
                        "getServiceAuth",
                        "200",
                        () -> session.get(
                                        "com.atproto.server.getServiceAuth?aud=did:web:api.bsky.app&lxm=app.bsky.feed.getTimeline")
                                .once()),
                row(
                        "getServiceAuth for the chat",
                        MISSING + "\"rpc:chat.bsky.convo.getLog?aud=did:web:api.bsky.chat\"",
                        () -> session.get(
                                        "com.atproto.server.getServiceAuth?aud=did:web:api.bsky.chat&lxm=chat.bsky.convo.getLog")
                                .once()),
                row(
                        "createAppPassword",
                        unsupported,
                        () -> session.post("com.atproto.server.createAppPassword", "{'name':'bot'}")
                                .once()),
                row(
                        "listAppPasswords",
                        unsupported,
                        () -> session.get("com.atproto.server.listAppPasswords").once()),
                row(
                        "refreshSession with the access token",
                        "401 AuthMissing: Authentication Required (no nonce)",
                        () -> session.post("com.atproto.server.refreshSession", "")
                                .once()),
                row(
                        "deleteSession",
                        "401 AuthMissing: Authentication Required (no nonce)",
                        () -> session.post("com.atproto.server.deleteSession", "")
                                .once()),
                row("uploadBlob", "200", () -> session.upload("text/plain").once()),
                row(
                        "chat without transition:chat.bsky",
                        MISSING + "\"rpc:chat.bsky.convo.getLog?aud=did:web:api.bsky.chat%23bsky_chat\"",
                        () -> session.get("chat.bsky.convo.getLog")
                                .header("atproto-proxy", "did:web:api.bsky.chat#bsky_chat")
                                .once()),
                row(
                        "method that LocalPds lacks",
                        "501 MethodNotImplemented: LocalPds does not implement"
                                + " app.bsky.feed.getFeed; implement it with LocalPds.handle(\"app.bsky.feed.getFeed\", call"
                                + " -> …)",
                        () -> session.get("app.bsky.feed.getFeed").once()));
    }

    @TestFactory
    Stream<DynamicTest> scopes() {
        Session none = new Session("atproto");
        Session posts = new Session("atproto repo:app.bsky.feed.post?action=create");
        Session all = new Session("atproto repo:*?action=create&action=delete");
        Session several = new Session("atproto repo?collection=com.example.one&collection=com.example.two");
        Session timeline = new Session("atproto rpc:app.bsky.feed.getTimeline?aud=did:web:api.bsky.app%23bsky_appview");
        Session bare = new Session("atproto rpc:app.bsky.feed.getTimeline?aud=did:web:api.bsky.app#bsky_appview");
        Session anywhere = new Session("atproto rpc:app.bsky.feed.getTimeline?aud=*");
        Session images = new Session("atproto blob:image/*");
        Session chat = new Session("atproto transition:chat.bsky");
        String appView = "?aud=did:web:api.bsky.app%23bsky_appview\"";
        return Stream.of(
                row("atproto: getSession", "200", () -> none.getSession().once()),
                row(
                        "atproto: createRecord",
                        MISSING + "\"repo:app.bsky.feed.post?action=create\"",
                        () -> none.create("app.bsky.feed.post").once()),
                row(
                        "atproto: putRecord",
                        MISSING + "\"repo:com.example.one?action=create\"",
                        () -> none.write("putRecord", "'collection':'com.example.one','rkey':'a','record':{'a':1}")
                                .once()),
                row(
                        "atproto: applyWrites",
                        MISSING + "\"repo:com.example.one?action=delete\"",
                        () -> none.write(
                                        "applyWrites",
                                        "'writes':[{'$type':'com.atproto.repo.applyWrites#delete','collection':'com.example.one',"
                                                + "'rkey':'a'}]")
                                .once()),
                row(
                        "atproto: getPreferences",
                        MISSING + "\"rpc:app.bsky.actor.getPreferences" + appView,
                        () -> none.get("app.bsky.actor.getPreferences").once()),
                row(
                        "atproto: getServiceAuth",
                        MISSING + "\"rpc:app.bsky.feed.getTimeline?aud=did:web:api.bsky.app\"",
                        () -> none.get("com.atproto.server.getServiceAuth?aud=did:web:api.bsky.app"
                                        + "&lxm=app.bsky.feed.getTimeline")
                                .once()),
                row(
                        "atproto: getServiceAuth of all methods",
                        MISSING + "\"rpc:*?aud=did:web:api.bsky.app\"",
                        () -> none.get("com.atproto.server.getServiceAuth?aud=did:web:api.bsky.app")
                                .once()),
                row(
                        "atproto: uploadBlob",
                        MISSING + "\"blob:image/png\"",
                        () -> none.upload("image/png").once()),
                row(
                        "atproto: deactivateAccount",
                        MISSING + "\"account:status?action=manage\"",
                        () -> none.post("com.atproto.server.deactivateAccount", "{}")
                                .once()),
                row(
                        "repo create: createRecord",
                        "200",
                        () -> posts.create("app.bsky.feed.post").once()),
                row(
                        "repo create: deleteRecord",
                        MISSING + "\"repo:app.bsky.feed.post?action=delete\"",
                        () -> posts.write("deleteRecord", "'collection':'app.bsky.feed.post','rkey':'a'")
                                .once()),
                row(
                        "repo create: putRecord",
                        MISSING + "\"repo:app.bsky.feed.post?action=update\"",
                        () -> posts.write(
                                        "putRecord",
                                        "'collection':'app.bsky.feed.post','rkey':'a','validate':false,'record':{'a':1}")
                                .once()),
                row(
                        "repo create: createRecord of a like",
                        MISSING + "\"repo:app.bsky.feed.like?action=create\"",
                        () -> posts.create("app.bsky.feed.like").once()),
                row(
                        "all collections: createRecord",
                        "200",
                        () -> all.create("com.example.any").once()),
                row(
                        "two collections: the second",
                        "200",
                        () -> several.create("com.example.two").once()),
                row(
                        "two collections: another",
                        MISSING + "\"repo:com.example.three?action=create\"",
                        () -> several.create("com.example.three").once()),
                row(
                        "rpc: getTimeline",
                        "200",
                        () -> timeline.get("app.bsky.feed.getTimeline").once()),
                row(
                        "rpc: getTimeline through another service",
                        MISSING + "\"rpc:app.bsky.feed.getTimeline?aud=did:web:example.com%23bsky_appview\"",
                        () -> timeline.get("app.bsky.feed.getTimeline")
                                .header("atproto-proxy", "did:web:example.com#bsky_appview")
                                .once()),
                row(
                        "rpc: getProfile",
                        MISSING + "\"rpc:app.bsky.actor.getProfile" + appView,
                        () -> timeline.get("app.bsky.actor.getProfile?actor=alice.test")
                                .once()),
                row(
                        "rpc with a bare # in aud: getTimeline",
                        "200",
                        () -> bare.get("app.bsky.feed.getTimeline").once()),
                row(
                        "rpc for all services: getTimeline",
                        "200",
                        () -> anywhere.get("app.bsky.feed.getTimeline").once()),
                row(
                        "blob:image/*: an image",
                        "200",
                        () -> images.upload("image/png").once()),
                row(
                        "blob:image/*: plain text",
                        MISSING + "\"blob:text/plain\"",
                        () -> images.upload("text/plain").once()),
                row(
                        "transition:chat.bsky: getLog",
                        "200",
                        () -> chat.get("chat.bsky.convo.getLog")
                                .header("atproto-proxy", "did:web:api.bsky.chat#bsky_chat")
                                .once()),
                row(
                        "transition:chat.bsky: getTimeline",
                        MISSING + "\"rpc:app.bsky.feed.getTimeline" + appView,
                        () -> chat.get("app.bsky.feed.getTimeline").once()));
    }

    @Nested
    class PermissionSets {
        private static final String INCLUDED = "include:com.example.authBasic?aud=did:web:api.example.com%23x";

        private void publish() {
            pds.oauth().permissionSet("""
                    {
                      "lexicon": 1,
                      "id": "com.example.authBasic",
                      "defs": {
                        "main": {
                          "type": "permission-set",
                          "permissions": [
                            {"type": "permission", "resource": "repo", "collection": ["com.example.two", "com.example.one"],
                             "action": ["delete", "create"]},
                            {"type": "permission", "resource": "repo", "collection": ["com.example.three"]},
                            {"type": "permission", "resource": "repo", "collection": ["org.example.other"]},
                            {"type": "permission", "resource": "rpc", "lxm": ["com.example.get"], "inheritAud": true},
                            {"type": "permission", "resource": "rpc", "lxm": ["com.example.all"], "aud": "*"},
                            {"type": "permission", "resource": "rpc", "lxm": ["com.example.one"], "aud": "did:web:a.com#x"},
                            {"type": "permission", "resource": "account", "attr": "email"}
                          ]
                        }
                      }
                    }
                    """);
        }

        @Test
        void include_isReplacedByPermissionsUnderItsAuthority() {
            publish();
            RawOAuthClient client = RawOAuthClient.loopback(pds, clock, "atproto " + INCLUDED);
            LexMap tokens = client.signIn(alice);
            String expected = "repo?collection=com.example.one&collection=com.example.two&action=create&action=delete"
                    + " repo:com.example.three rpc:com.example.get?aud=did:web:api.example.com%23x"
                    + " rpc:com.example.all?aud=* atproto";
            assertThat(tokens.getString("scope")).isEqualTo(expected);

            String refreshToken = String.valueOf(tokens.getString("refresh_token"));
            assertThat(client.refresh(refreshToken).send().ok().string("scope")).isEqualTo(expected);
        }

        @Test
        void include_allowsWhatTheSetAllows() {
            publish();
            Session session = new Session("atproto", INCLUDED);

            assertThat(shown(session.create("com.example.one").once())).isEqualTo("200");
            assertThat(shown(session.create("org.example.other").once())).startsWith(MISSING);
        }

        @Test
        void permissionSet_needsItsLexiconDocument() {
            assertThatThrownBy(() -> pds.oauth().permissionSet("{\"id\":\"com.example.x\"}"))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("permissionSet: expected a Lexicon document whose main definition is a permission-set"
                            + " (got \"com.example.x\")");
        }
    }

    @Nested
    class Email {
        private LexMap session(String scope) {
            return new Session(scope).getSession().send().ok().json();
        }

        @Test
        void getSession_hidesEmailWithoutItsScope() {
            assertThat(session("atproto transition:generic")).doesNotContainKeys("email", "emailConfirmed");
        }

        @Test
        void getSession_showsEmailWithTransitionEmail() {
            assertThat(session("atproto transition:email").getString("email")).isEqualTo(alice.email());
        }

        @Test
        void getSession_showsEmailWithAccountEmail() {
            assertThat(session("atproto account:email")).containsKeys("email", "emailConfirmed");
            assertThat(session("atproto account:email?action=manage")).containsKey("email");
        }
    }

    @Nested
    class Accounts {
        private Session session;

        @BeforeEach
        void signIn() {
            session = new Session("atproto transition:generic account:status?action=manage");
        }

        private String refreshed() {
            return shown(session.client
                    .refresh(String.valueOf(session.tokens.getString("refresh_token")))
                    .send());
        }

        private String post() {
            return shown(session.client.createPost(session.access, alice).send());
        }

        @Test
        void deactivatedAccount_keepsItsSessions() {
            pds.deactivate(alice.did());
            LexMap view = session.getSession().send().ok().json();
            assertThat(view.getBoolean("active")).isFalse();
            assertThat(view.getString("status")).isEqualTo("deactivated");
            assertThat(post()).isEqualTo("401 AccountDeactivated: Account is deactivated");

            pds.activate(alice.did());
            assertThat(post()).isEqualTo("200");
            assertThat(refreshed()).isEqualTo("200");
        }

        @Test
        void deactivation_byClient_endsSessions() {
            assertThat(shown(session.post("com.atproto.server.deactivateAccount", "{}")
                            .send()))
                    .isEqualTo("200");
            assertThat(refreshed()).isEqualTo("400 invalid_grant: Invalid refresh token");
        }

        @Test
        void takedown_endsSessionsPermanently() {
            pds.takedown(alice.did());
            assertThat(shown(session.getSession().send()))
                    .isEqualTo("401 invalid_token: Invalid token [described challenge]");
            assertThat(refreshed()).isEqualTo("400 invalid_grant: Invalid refresh token");
            String status = "com.atproto.sync.getRepoStatus?did=" + alice.did();
            assertThat(new Http(pds).get(status, null).ok().json())
                    .isEqualTo(LexMap.builder()
                            .put("did", alice.did().toString())
                            .put("active", false)
                            .put("status", "takendown")
                            .build());

            pds.reinstate(alice.did());
            assertThat(refreshed()).isEqualTo("400 invalid_grant: Invalid refresh token");
            assertThat(new Http(pds).get(status, null).ok().json().getBoolean("active"))
                    .isTrue();
        }

        @Test
        void takedown_invalidatesCodes() {
            String code = session.client.code(alice);
            pds.takedown(alice.did());

            assertThat(shown(session.client.exchange(code).send())).isEqualTo("400 invalid_grant: Invalid code");
        }

        @Test
        void deletion_removesTheRecords() {
            String bobsToken = new Http(pds).login(bob).string("accessJwt");
            LexMap post = new Http(pds)
                    .post(
                            "com.atproto.repo.createRecord",
                            bobsToken,
                            "{'repo':'" + bob.did() + "','collection':'app.bsky.feed.post','record':{'$type':"
                                    + "'app.bsky.feed.post','text':'hi','createdAt':'2026-01-01T00:00:00Z'}}")
                    .ok()
                    .json();
            String uri = String.valueOf(post.getString("uri"));
            session.write(
                            "createRecord",
                            "'collection':'app.bsky.feed.like','record':{'$type':'app.bsky.feed.like','subject':{'uri':'"
                                    + uri + "','cid':'" + post.getString("cid")
                                    + "'},'createdAt':'2026-01-01T00:00:00Z'}")
                    .send()
                    .ok();
            assertThat(likes(uri, bobsToken)).isEqualTo(1);

            pds.deleteAccount(alice.did());
            assertThat(likes(uri, bobsToken)).isZero();
        }

        private Long likes(String uri, String token) {
            LexMap view = new Http(pds)
                    .get("app.bsky.feed.getPosts?uris=" + uri, token)
                    .ok()
                    .json();
            return ((LexMap) view.getArray("posts").get(0)).getInteger("likeCount");
        }

        @Test
        void deletion_endsTheSessions() {
            post();
            pds.deleteAccount(alice.did());

            assertThat(shown(session.getSession().send()))
                    .isEqualTo("401 invalid_token: Invalid token [described challenge]");
            assertThat(refreshed()).isEqualTo("400 invalid_grant: Invalid refresh token");
            assertThat(pds.hasAccount("alice.test")).isFalse();
            assertThat(new Http(pds)
                            .get("com.atproto.sync.getRepoStatus?did=" + alice.did(), null)
                            .error())
                    .isEqualTo("400 RepoNotFound: Could not find repo for DID: " + alice.did());
            LexArray feed = new Http(pds)
                    .get(
                            "app.bsky.feed.searchPosts?q=hello",
                            new Http(pds).login(bob).string("accessJwt"))
                    .ok()
                    .json()
                    .getArray("posts");
            assertThat(feed).isEmpty();
        }

        @Test
        void passwordChange_endsOnlySessionsWithPasswords() {
            String refreshJwt = new Http(pds).login(alice).string("refreshJwt");
            TestAccount changed = pds.changePassword(alice, "another-password");

            assertThat(refreshed()).isEqualTo("200");
            assertThat(new Http(pds).refresh(refreshJwt).status()).isEqualTo(400);
            assertThat(new Http(pds).login(alice.handle(), alice.password()).status())
                    .isEqualTo(401);
            new Http(pds).login(changed);
        }
    }
}
