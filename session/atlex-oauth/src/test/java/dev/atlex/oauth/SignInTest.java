package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.session.UnknownAccountException;
import dev.atlex.session.store.EntryStore.Kind;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.Fault;
import java.net.URI;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;

class SignInTest {
    private final OAuthWorld world = new OAuthWorld();
    private final OAuthClient client = world.client();

    @AfterEach
    void close() {
        world.close();
    }

    private static Map<String, String> parameters(URI url) {
        return Arrays.stream(url.getRawQuery().split("&"))
                .map(pair -> pair.split("=", 2))
                .collect(Collectors.toMap(pair -> pair[0], pair -> pair[1]));
    }

    @Nested
    class Authorizing {
        @Test
        void url_hasNothingButClientAndRequest() {
            Authorization authorization = client.authorize(OAuthWorld.handle(world.alice));

            assertThat(authorization.url().toString()).startsWith(world.pds.url() + "/oauth/authorize?");
            assertThat(parameters(authorization.url())).containsOnlyKeys("client_id", "request_uri");
            assertThat(authorization.redirectUri()).hasToString("http://127.0.0.1/callback");
            assertThat(authorization.expiresAt())
                    .isEqualTo(world.clock.instant().plus(Duration.ofMinutes(20)));
        }

        @Test
        void request_hasTheParametersOfTheSpecification() {
            client.authorize(OAuthWorld.handle(world.alice));

            Map<String, String> form = world.transport.form("/oauth/par");
            assertThat(form)
                    .containsEntry("response_type", "code")
                    .containsEntry("redirect_uri", "http://127.0.0.1/callback")
                    .containsEntry("scope", "atproto transition:generic")
                    .containsEntry("code_challenge_method", "S256")
                    .containsEntry("login_hint", "alice.test")
                    .containsEntry("client_id", client.metadata().clientId().toString())
                    .doesNotContainKey("prompt");
            assertThat(form.get("state")).hasSizeGreaterThan(40);
            assertThat(form.get("code_challenge")).hasSize(43);
        }

        @Test
        void loginHint_isTheIdentifierAsTyped() {
            client.authorize(world.alice.did());
            assertThat(world.transport.form("/oauth/par"))
                    .containsEntry("login_hint", world.alice.did().toString());

            client.authorize(" @Alice.test\u200b", o -> {});
            assertThat(world.transport.form("/oauth/par")).containsEntry("login_hint", "alice.test");

            client.authorize("https://bsky.app/profile/bob.test", o -> {});
            assertThat(world.transport.form("/oauth/par")).containsEntry("login_hint", "bob.test");
        }

        @Test
        void server_hasNoLoginHint() {
            client.authorize(world.pds.url().toString(), o -> o.prompt(Prompt.CREATE));

            assertThat(world.transport.form("/oauth/par"))
                    .containsEntry("prompt", "create")
                    .doesNotContainKey("login_hint");
        }

        @Test
        void emailAddress_isRejectedBeforeAnyRequest() {
            assertThatThrownBy(() -> client.authorize("alice@example.com", o -> {}))
                    .isInstanceOf(InvalidSyntaxException.class);
            assertThat(world.transport.sent).isEmpty();
        }

        @Test
        void eachSignIn_hasItsOwnSecrets() {
            Authorization first = client.authorize(OAuthWorld.handle(world.alice));
            Map<String, String> form = world.transport.form("/oauth/par");
            Authorization second = client.authorize(OAuthWorld.handle(world.alice));
            Map<String, String> other = world.transport.form("/oauth/par");

            assertThat(first.browserSecret())
                    .isNotEqualTo(second.browserSecret())
                    .hasSizeGreaterThan(40);
            for (String name : List.of("state", "code_challenge")) {
                assertThat(form.get(name)).isNotEqualTo(other.get(name));
            }
            assertThat(first.url()).isNotEqualTo(second.url());
        }

        @Test
        void scopes_mayBeFewerThanDeclared() {
            client.authorize(OAuthWorld.handle(world.alice), o -> o.scopes(Scopes.of(Scope.ATPROTO)));

            assertThat(world.transport.form("/oauth/par")).containsEntry("scope", "atproto");
        }

        @Test
        void undeclaredScopeOrRedirectUri_isRejected() {
            Handle alice = OAuthWorld.handle(world.alice);

            assertThatThrownBy(() -> client.authorize(
                            alice, o -> o.scopes(Scopes.of(Scope.ATPROTO, Scope.repo("app.bsky.feed.post")))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("repo:app.bsky.feed.post");
            assertThatThrownBy(() -> client.authorize(alice, o -> o.scopes(Scopes.of(Scope.TRANSITION_GENERIC))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("atproto");
            assertThatThrownBy(
                            () -> client.authorize(alice, o -> o.redirectUri(URI.create("http://127.0.0.1:9/other"))))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("http://127.0.0.1:9/other");
            assertThat(world.transport.sent).isEmpty();
        }

        @Test
        void promptThatCantWork_isRejected() {
            assertThatThrownBy(() -> client.authorize(OAuthWorld.handle(world.alice), o -> o.prompt(Prompt.NONE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("confidential");
            assertThatThrownBy(() -> client.authorize(OAuthWorld.handle(world.alice), o -> o.prompt(Prompt.CREATE)))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessageContaining("authorizeAt");
        }

        @Test
        void serverWithoutOAuth_isNamedWithTheAlternative() {
            world.pds.faults().always("/.well-known/oauth-protected-resource", Fault.status(404));

            assertThatThrownBy(() -> client.authorize(OAuthWorld.handle(world.alice)))
                    .isInstanceOfSatisfying(
                            OAuthUnsupportedException.class,
                            e -> assertThat(e.server()).isEqualTo(world.pds.url()))
                    .hasMessageContaining("app password");
        }

        @Test
        void unreachableClientMetadata_isAnErrorOfTheClient() {
            OAuthClient web = world.webClient(ClientKeys.generate());
            world.pds.oauth().clientReachable(OAuthWorld.WEB_CLIENT.toString(), false);

            assertThatThrownBy(() -> web.authorize(OAuthWorld.handle(world.alice)))
                    .isInstanceOf(ClientMetadataException.class)
                    .hasMessageContaining("the authorization server doesn't accept it");
            assertThat(world.entries(Kind.AUTHORIZATION)).isZero();
        }
    }

    @Nested
    class Finishing {
        @Test
        void callback_signsIn() {
            Authorization authorization =
                    client.authorize(OAuthWorld.handle(world.alice), o -> o.state("after-login=/inbox"));
            URI callback = world.pds.authorize(authorization.url(), world.alice);

            Callback done = client.callback(callback, authorization.browserSecret());

            assertThat(done.did()).isEqualTo(world.alice.did());
            assertThat(done.state()).isEqualTo("after-login=/inbox");
            assertThat(done.session().scopes()).isEqualTo(OAuthWorld.SCOPES);
            assertThat(done.session().issuer()).isEqualTo(world.pds.url());
            assertThat(client.accounts()).containsExactly(world.alice.did());
            assertThat(world.entries(Kind.AUTHORIZATION)).isZero();
        }

        @Test
        void appState_neverLeavesTheStore() {
            client.authorize(OAuthWorld.handle(world.alice), o -> o.state("program-state"));

            assertThat(world.transport.sent).noneMatch(sent -> sent.form().containsValue("program-state"));
        }

        @Test
        void serverFirst_signsInWhoeverTheUserIs() {
            Authorization authorization = client.authorizeAt(world.pds.url());

            Callback done =
                    client.callback(world.pds.authorize(authorization.url(), world.bob), authorization.browserSecret());

            assertThat(done.did()).isEqualTo(world.bob.did());
            assertThat(done.state()).isNull();
            assertThat(done.session().target()).isEqualTo(world.pds.url());
        }

        @Test
        void anotherProcess_canFinish() {
            Authorization authorization = client.authorize(OAuthWorld.handle(world.alice));
            URI callback = world.pds.authorize(authorization.url(), world.alice);

            OAuthClient other = world.client();

            assertThat(other.callback(callback, authorization.browserSecret()).did())
                    .isEqualTo(world.alice.did());
        }

        @Test
        void fewerGrantedScopes_areThoseOfTheSession() {
            world.pds.oauth().grantOnly("atproto");

            assertThat(world.signIn(client, world.alice).scopes()).isEqualTo(Scopes.of(Scope.ATPROTO));
        }

        @Test
        void secondSignIn_replacesAndRevokesTheFirst() {
            world.signIn(client, world.alice);
            world.signIn(client, world.alice);

            assertThat(world.pds.oauth().sessions(world.alice.did())).isEqualTo(1);
            assertThat(world.entries(Kind.OAUTH)).isEqualTo(1);
        }

        @Test
        void sessionsWithIds_liveSideBySide() {
            for (String id : List.of("browser-1", "browser-2")) {
                Authorization authorization = client.authorize(OAuthWorld.handle(world.alice), o -> o.sessionId(id));
                client.callback(world.pds.authorize(authorization.url(), world.alice), authorization.browserSecret());
            }

            assertThat(world.pds.oauth().sessions(world.alice.did())).isEqualTo(2);
            assertThat(client.accounts()).containsExactly(world.alice.did());
            assertThat(client.resume(world.alice.did(), "browser-1").did()).isEqualTo(world.alice.did());
            assertThatThrownBy(() -> client.resume(world.alice.did())).isInstanceOf(UnknownAccountException.class);
        }

        @Test
        void refusal_isReportedWithTheProgramsState() {
            Authorization authorization =
                    client.authorize(OAuthWorld.handle(world.alice), o -> o.state("after-login=/inbox"));
            URI callback = world.pds.deny(authorization.url());

            assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                    .isInstanceOfSatisfying(AuthorizationDeniedException.class, e -> {
                        assertThat(e.error()).isEqualTo("access_denied");
                        assertThat(e.description()).isNotBlank();
                        assertThat(e.appState()).isEqualTo("after-login=/inbox");
                    });
            assertThat(world.transport.count("/oauth/token")).isZero();
            assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(AuthorizationExpiredException.class);
        }

        @Test
        void deactivatedAccount_isReportedByTheServer() {
            world.pds.deactivate(world.alice.did());
            Authorization authorization = client.authorize(OAuthWorld.handle(world.alice));
            URI callback = world.pds.authorize(authorization.url(), world.alice);

            assertThatThrownBy(() -> client.callback(callback, authorization.browserSecret()))
                    .isInstanceOf(AuthorizationDeniedException.class)
                    .hasMessageContaining("deactivated");
        }

        @Test
        void entryway_isFoundByThePds() {
            try (OAuthWorld behind = new OAuthWorld(o -> o.entryway(true))) {
                OAuthClient entrywayClient = behind.client();
                OAuthSession session = behind.signIn(entrywayClient, behind.alice);

                assertThat(session.issuer()).isEqualTo(behind.pds.url());
                assertThat(session.target()).isEqualTo(behind.pds.pdsUrl());

                Authorization authorization = entrywayClient.authorizeAt(behind.pds.url());
                Callback done = entrywayClient.callback(
                        behind.pds.authorize(authorization.url(), behind.bob), authorization.browserSecret());
                assertThat(done.session().target()).isEqualTo(behind.pds.pdsUrl());
            }
        }
    }

    @Nested
    class Confidential {
        @Test
        void keys_signTheRequests() {
            OAuthClient web = world.webClient(ClientKeys.generate());

            OAuthSession session = world.signIn(web, world.alice);

            assertThat(session.data().authMethod()).isEqualTo("private_key_jwt");
            assertThat(world.transport.form("/oauth/token")).containsKey("client_assertion");
            assertThat(world.transport.form("/oauth/token").get("client_assertion"))
                    .isNotEqualTo(world.transport.form("/oauth/par").get("client_assertion"));
        }

        @Test
        void keyThatIsGoneAtTheCallback_isNamedBeforeTheExchange() {
            ClientKeys keys = ClientKeys.generate();
            Authorization authorization = world.webClient(keys).authorize(OAuthWorld.handle(world.alice));
            URI callback = world.pds.authorize(authorization.url(), world.alice);
            OAuthClient other = world.webClient(ClientKeys.generate());

            assertThatThrownBy(() -> other.callback(callback, authorization.browserSecret()))
                    .isInstanceOfSatisfying(
                            MissingClientKeyException.class,
                            e -> assertThat(e.kid()).isEqualTo(keys.kids().get(0)));
            assertThat(world.transport.count("/oauth/token")).isZero();

            OAuthClient restored = world.webClient(keys);
            assertThat(restored.callback(callback, authorization.browserSecret())
                            .did())
                    .isEqualTo(world.alice.did());
        }

        @Test
        void rotatedKeys_finishSignInsWithTheOldOne() {
            ClientKeys keys = ClientKeys.generate();
            Authorization authorization = world.webClient(keys).authorize(OAuthWorld.handle(world.alice));
            URI callback = world.pds.authorize(authorization.url(), world.alice);

            OAuthClient rotated = world.webClient(keys.rotate());
            OAuthSession session =
                    rotated.callback(callback, authorization.browserSecret()).session();

            assertThat(session.data().keyId()).isEqualTo(keys.kids().get(0));
            assertThat(world.signIn(rotated, world.bob).data().keyId())
                    .isNotEqualTo(keys.kids().get(0));
        }

        @Test
        void confidentialMetadataWithoutKeys_isRejected() {
            ClientMetadata metadata = ClientMetadata.web(
                    OAuthWorld.WEB_CLIENT,
                    m -> m.redirectUri(OAuthWorld.WEB_REDIRECT)
                            .scopes(OAuthWorld.SCOPES)
                            .jwksUri(URI.create("https://app.example.com/jwks.json")));

            assertThatThrownBy(() -> world.client(world.store, o -> o.metadata(metadata)))
                    .isInstanceOf(ClientMetadataException.class)
                    .hasMessageContaining("set keys(ClientKeys)");
            assertThatThrownBy(() -> world.client(
                            world.store,
                            o -> o.metadata(ClientMetadata.loopback(OAuthWorld.SCOPES))
                                    .keys(ClientKeys.generate())))
                    .isInstanceOf(ClientMetadataException.class);
        }

        @Test
        void metadata_showsOnlyPublicKeys() {
            OAuthClient web = world.webClient(ClientKeys.generate());

            assertThat(web.metadata().isConfidential()).isTrue();
            assertThat(web.metadata().toJson()).contains("\"jwks\"").doesNotContain("\"d\"");
        }
    }

    /** Each kind of client that {@link ClientMetadata} creates. */
    @Nested
    class Clients {
        private void signsIn(OAuthClient client, String redirectUri, String method) {
            if (!client.metadata().isLoopback()) {
                world.pds
                        .oauth()
                        .register(
                                client.metadata().clientId().toString(),
                                client.metadata().toJson());
            }
            Authorization authorization =
                    client.authorize(OAuthWorld.handle(world.alice), o -> o.redirectUri(URI.create(redirectUri)));
            URI callback = world.pds.authorize(authorization.url(), world.alice);

            assertThat(callback.toString()).startsWith(redirectUri + "?");
            Callback done = client.callback(callback, authorization.browserSecret());
            assertThat(done.did()).isEqualTo(world.alice.did());
            assertThat(done.session().data().authMethod()).isEqualTo(method);
        }

        private OAuthClient with(ClientMetadata metadata) {
            return world.client(world.store, o -> o.metadata(metadata));
        }

        @Test
        void loopback() {
            signsIn(client, "http://127.0.0.1:49152/callback", "none");
            signsIn(
                    with(ClientMetadata.loopback(OAuthWorld.SCOPES, URI.create("http://[::1]/a/b"))),
                    "http://[::1]:49152/a/b",
                    "none");
        }

        @Test
        void nativeWithItsOwnScheme() {
            signsIn(
                    with(ClientMetadata.nativeApp(
                            OAuthWorld.WEB_CLIENT,
                            m -> m.redirectUri("com.example.app:/callback").scopes(OAuthWorld.SCOPES))),
                    "com.example.app:/callback",
                    "none");
        }

        @Test
        void nativeOnTheLoopbackAddress() {
            signsIn(
                    with(ClientMetadata.nativeApp(
                            OAuthWorld.WEB_CLIENT,
                            m -> m.redirectUri("http://127.0.0.1/callback").scopes(OAuthWorld.SCOPES))),
                    "http://127.0.0.1:49152/callback",
                    "none");
        }

        @Test
        void publicWeb() {
            signsIn(
                    with(ClientMetadata.web(
                            OAuthWorld.WEB_CLIENT,
                            m -> m.redirectUri(OAuthWorld.WEB_REDIRECT)
                                    .scopes(OAuthWorld.SCOPES)
                                    .name("App")
                                    .homePage(URI.create("https://app.example.com"))
                                    .logo(URI.create("https://app.example.com/logo.png"))
                                    .termsOfService(URI.create("https://app.example.com/terms"))
                                    .privacyPolicy(URI.create("https://app.example.com/privacy")))),
                    OAuthWorld.WEB_REDIRECT,
                    "none");
        }

        @Test
        void confidentialWeb() {
            signsIn(world.webClient(ClientKeys.generate().rotate()), OAuthWorld.WEB_REDIRECT, "private_key_jwt");
        }
    }

    @Nested
    class Requests {
        @Test
        void signInOfAnAccount_makesAtMostSeven() {
            world.signIn(client, world.alice);

            // The account's document, the metadata of both servers, the request twice because of the nonce, the tokens.
            assertThat(world.transport.sent).hasSizeLessThanOrEqualTo(7);
            assertThat(world.transport.count("/oauth/token")).isEqualTo(1);
        }

        @Test
        void signInAtAServer_makesAtMostSeven() {
            Authorization authorization = client.authorizeAt(world.pds.url());
            client.callback(world.pds.authorize(authorization.url(), world.bob), authorization.browserSecret());

            assertThat(world.transport.sent).hasSizeLessThanOrEqualTo(7);
        }

        @Test
        void resume_makesNone() {
            world.signIn(client, world.alice);
            world.transport.sent.clear();

            OAuthSession session = world.client().resume(world.alice.did());

            assertThat(session.did()).isEqualTo(world.alice.did());
            assertThat(world.transport.sent).isEmpty();
        }
    }

    @Test
    void sweep_deletesOnlyOldSignIns() {
        client.authorize(OAuthWorld.handle(world.alice));
        world.clock.advance(Duration.ofMinutes(15));
        client.authorize(OAuthWorld.handle(world.bob));
        world.clock.advance(Duration.ofMinutes(6));

        assertThat(client.sweep()).isEqualTo(1);
        assertThat(world.entries(Kind.AUTHORIZATION)).isEqualTo(1);
        assertThat(client.sweep()).isZero();
    }

    @Test
    void descriptions_showNoSecrets() {
        Authorization authorization = client.authorize(OAuthWorld.handle(world.alice), o -> o.state("program-state"));
        String state = Objects.requireNonNull(world.transport.form("/oauth/par").get("state"));
        Callback done =
                client.callback(world.pds.authorize(authorization.url(), world.alice), authorization.browserSecret());

        assertThat(authorization.toString() + done + client + AuthorizeOptions.of(o -> o.state("program-state")))
                .doesNotContain(authorization.browserSecret(), state, "program-state", "request_uri");
    }
}
