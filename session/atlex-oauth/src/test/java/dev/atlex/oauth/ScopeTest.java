package dev.atlex.oauth;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.Nsid;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ScopeTest {
    private static final String APPVIEW = "did:web:api.example.com#svc_appview";

    @Nested
    class Parsing {
        /** The valid examples of the specification, with the canonical form of the reference server. */
        @ParameterizedTest
        @CsvSource({
            "identity:*, identity:*",
            "identity:*?, identity:*",
            "identity:handle, identity:handle",
            "rpc?lxm=*&aud=did:web:api.example.com%23svc_appview, rpc:*?aud=did:web:api.example.com%23svc_appview",
            "blob?accept=video/*&accept=text/html, blob?accept=text/html&accept=video/*",
            "blob:*/*, blob:*/*",
            "repo:app.example.profile?action=create&action=update&action=delete, repo:app.example.profile",
            "repo?collection=app.example.profile&collection=app.example.post,"
                    + " repo?collection=app.example.post&collection=app.example.profile",
            "repo:*?action=delete, repo:*?action=delete",
            "rpc:app.example.moderation.createReport?aud=*, rpc:app.example.moderation.createReport?aud=*",
            "account:email, account:email",
            "account:repo?action=manage, account:repo?action=manage",
            "account?action=manage&attr=repo, account:repo?action=manage",
            "include:app.example.authFull?aud=did:web:api.example.com%23svc_chat,"
                    + " include:app.example.authFull?aud=did:web:api.example.com%23svc_chat",
            "atproto, atproto",
            "transition:generic, transition:generic",
            "transition:email, transition:email",
            "transition:chat.bsky, transition:chat.bsky",
        })
        void validScope_hasCanonicalText(String text, String canonical) {
            Scope scope = Scope.parse(text);

            assertThat(scope).isNotInstanceOf(Scope.Other.class).hasToString(canonical);
            assertThat(Scope.parse(canonical)).isEqualTo(scope).hasSameClassAs(scope);
        }

        /** Scopes that the reference server's tests normalize. */
        @ParameterizedTest
        @CsvSource({
            "repo?collection=*&collection=com.example.foo&action=update, repo:*?action=update",
            "repo?action=create&collection=com.example.foo&collection=com.example.bar,"
                    + " repo?collection=com.example.bar&collection=com.example.foo&action=create",
            "repo:com.example.foo?action=update&action=create, repo:com.example.foo?action=create&action=update",
            "rpc:com.example.service?aud=did:web:example.com#service_id,"
                    + " rpc:com.example.service?aud=did:web:example.com%23service_id",
            "rpc?lxm=com.example.method1&lxm=com.example.method2&lxm=*&aud=did:web:example.com%23service_id,"
                    + " rpc:*?aud=did:web:example.com%23service_id",
            "rpc:com.example.method1?&aud=*, rpc:com.example.method1?aud=*",
            "include?aud=did:web:example.com%23my_service&nsid=com.example.baz,"
                    + " include:com.example.baz?aud=did:web:example.com%23my_service",
            "blob?accept=image/*&accept=image/png, blob:image/*",
            "blob?accept=image/png&accept=*/*, blob:*/*",
            "blob:image/svg+xml, blob:image/svg+xml",
            "account:email?action=read, account:email",
            "account:email?action=read&action=manage, account:email?action=manage",
        })
        void equivalentScopes_haveOneText(String text, String canonical) {
            assertThat(Scope.parse(text)).hasToString(canonical).isEqualTo(Scope.parse(canonical));
        }

        /** The examples of the specification with unknown resources. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "resource",
                    "resource:positional?key=val",
                    "resource:positional&thing?key=val",
                    "service:did:web:com.example#type?key=val",
                    "resource:",
                    "resource:?",
                    "resource:&",
                    "resource?"
                })
        void unknownResource_isKeptAsItIs(String text) {
            assertThat(Scope.parse(text))
                    .isInstanceOfSatisfying(
                            Scope.Other.class,
                            other -> assertThat(other.problem()).isNull());
            assertThat(Scope.parse(text)).hasToString(text);
        }

        @ParameterizedTest
        @ValueSource(
                strings = {
                    "resource:positional?key=qu\u00e9bec",
                    "emoji:\u263a\ufe0f",
                    "",
                    "repo:a b",
                    "repo:\"x\"",
                    "a\\b",
                    "a\tb"
                })
        void forbiddenCharacter_isRejected(String text) {
            assertThatThrownBy(() -> Scope.parse(text))
                    .isInstanceOf(InvalidSyntaxException.class)
                    .hasMessageContaining("not a valid scope");
        }

        /** Scopes that the reference server ignores, from its tests. */
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "repo",
                    "repo:",
                    "repo:*?action=*",
                    "repo:invalid",
                    "repo:com.example.*",
                    "repo:com.example.foo?action=invalid",
                    "repo:com.example.record?collection=com.example.other",
                    "repo:com.example.foo?unknown=x",
                    "rpc:*",
                    "rpc:*?aud=*",
                    "rpc?aud=*&lxm=*",
                    "rpc:com.example.service",
                    "rpc?aud=did:web:example.com%23x",
                    "rpc:com.example.service?aud=did:web:example.com",
                    "rpc:com.example.service?aud=did:web:example.com%23x&invalid=param",
                    "rpc:foo.bar.baz?aud=did:web%23service_id",
                    "rpc:foo.bar.baz?aud=did:plc:111%23service_id",
                    "rpc:foo.bar.baz?aud=did:foo:bar%23service_id",
                    "rpc:foo.bar.baz?aud=did:web:example.com%23a%23b",
                    "rpc:foo.bar.baz?aud=*&aud=*",
                    "rpc:foo.bar.baz?aud=did:web:example.com%23service_id&lxm=foo.bar.baz",
                    "blob",
                    "blob:invalid",
                    "blob:*/png",
                    "blob:*/**",
                    "blob?accept=image/svg+xml",
                    "account",
                    "account:password",
                    "account:*",
                    "account:email?action=write",
                    "account?attr=email&attr=repo",
                    "identity",
                    "identity:did",
                    "include:com",
                    "include:9com.example.foo",
                    "include:com.example.baz?aud=",
                    "include:com.example.baz?aud=did:web:example.com",
                    "transition:other",
                    "atproto:x",
                    "repo:com.example.foo%2",
                    "repo:%ff"
                })
        void uninterpretableScope_isKeptWithTheProblem(String text) {
            assertThat(Scope.parse(text))
                    .isInstanceOfSatisfying(
                            Scope.Other.class,
                            other -> assertThat(other.problem()).isNotEmpty());
            assertThat(Scope.parse(text)).hasToString(text);
        }

        @Test
        void problem_namesTheParameter() {
            assertThat(((Scope.Other) Scope.parse("repo:invalid")).problem())
                    .isEqualTo("collection \"invalid\" is not an NSID");
            assertThat(((Scope.Other) Scope.parse("rpc:com.example.a")).problem())
                    .isEqualTo("missing aud");
        }
    }

    @Nested
    class Creating {
        @Test
        void factories_writeCanonicalText() {
            assertThat(Scope.repo("app.bsky.feed.post", "app.bsky.feed.like"))
                    .hasToString("repo?collection=app.bsky.feed.like&collection=app.bsky.feed.post");
            assertThat(Scope.repo(List.of("app.bsky.feed.post"), Set.of(RepoAction.DELETE)))
                    .hasToString("repo:app.bsky.feed.post?action=delete");
            assertThat(Scope.rpc(APPVIEW, Scope.ANY)).hasToString("rpc:*?aud=did:web:api.example.com%23svc_appview");
            assertThat(Scope.rpc(Scope.ANY, "app.bsky.feed.getTimeline"))
                    .hasToString("rpc:app.bsky.feed.getTimeline?aud=*");
            assertThat(Scope.blob("image/png", "IMAGE/*", "image/svg+xml")).hasToString("blob:image/*");
            assertThat(Scope.account("email", true)).hasToString("account:email?action=manage");
            assertThat(Scope.identity("handle")).hasToString("identity:handle");
            assertThat(Scope.include(Nsid.of("app.example.authFull"), APPVIEW))
                    .hasToString("include:app.example.authFull?aud=did:web:api.example.com%23svc_appview");
            assertThat(Scope.include(Nsid.of("app.example.authFull"), null))
                    .hasToString("include:app.example.authFull");
        }

        @Test
        void parameterThatIsDecodedAsForm_keepsItsPlus() {
            Scope scope = Scope.blob("image/svg+xml", "text/html");

            assertThat(scope).hasToString("blob?accept=image/svg%2Bxml&accept=text/html");
            assertThat(Scope.parse(scope.toString())).isEqualTo(scope);
        }

        @Test
        void localhostServiceWithPort_roundTrips() {
            Scope scope = Scope.rpc("did:web:localhost%3A2584#bsky_appview", "app.bsky.feed.getTimeline");

            assertThat(Scope.parse(scope.toString()))
                    .isEqualTo(scope)
                    .isInstanceOfSatisfying(
                            Scope.Rpc.class,
                            rpc -> assertThat(rpc.service()).isEqualTo("did:web:localhost%3A2584#bsky_appview"));
        }

        @Test
        void invalidArgument_isRejectedWithTheReason() {
            assertThatThrownBy(() -> Scope.repo("post"))
                    .isInstanceOf(InvalidSyntaxException.class)
                    .hasMessage("not a valid scope: \"repo\" (collection \"post\" is not an NSID)");
            assertThatThrownBy(() -> Scope.rpc(Scope.ANY, Scope.ANY)).hasMessageContaining("must not both be *");
            assertThatThrownBy(() -> Scope.repo()).hasMessageContaining("missing collection");
            assertThatThrownBy(() -> Scope.account("name", false)).hasMessageContaining("unknown attr \"name\"");
        }

        @Test
        void accessors_returnTheParts() {
            Scope.Repo repo = (Scope.Repo) Scope.parse("repo:app.bsky.feed.post?action=create");
            assertThat(repo.collections()).containsExactly("app.bsky.feed.post");
            assertThat(repo.actions()).containsExactly(RepoAction.CREATE);
            Scope.Rpc rpc = (Scope.Rpc) Scope.rpc(APPVIEW, "app.bsky.feed.getTimeline");
            assertThat(rpc.methods()).containsExactly("app.bsky.feed.getTimeline");
            assertThat(rpc.service()).isEqualTo(APPVIEW);
            assertThat(((Scope.Account) Scope.account("repo", true)).manage()).isTrue();
            assertThat(((Scope.Transition) Scope.TRANSITION_CHAT).name()).isEqualTo("chat.bsky");
        }
    }

    @Nested
    class Sets {
        @Test
        void parse_keepsOrderAndDropsDuplicates() {
            Scopes scopes = Scopes.parse("atproto repo:app.bsky.feed.post  identity:*? identity:*");

            assertThat(scopes).hasSize(3).hasToString("atproto repo:app.bsky.feed.post identity:*");
            assertThat(scopes.contains(Scope.identity(Scope.ANY))).isTrue();
            assertThat(scopes)
                    .isEqualTo(Scopes.of(Scope.identity("*"), Scope.ATPROTO, Scope.repo("app.bsky.feed.post")));
            assertThat(Scopes.parse("")).isEmpty();
        }

        @ParameterizedTest
        @CsvSource({
            "repo:*, repo:app.bsky.feed.post, true",
            "repo:*?action=create, repo:app.bsky.feed.post, false",
            "repo:app.bsky.feed.post, repo:app.bsky.feed.post?action=delete, true",
            "repo:app.bsky.feed.post, repo:app.bsky.feed.like?action=create, false",
            "repo:app.bsky.feed.post?action=create repo:*?action=update,"
                    + " repo:app.bsky.feed.post?action=create&action=update, true",
            "transition:generic, repo:app.bsky.feed.post, true",
            "transition:generic, blob:*/*, true",
            "transition:generic, rpc:app.bsky.feed.getTimeline?aud=*, true",
            "transition:generic, rpc:*?aud=did:web:api.example.com%23a, true",
            "transition:generic, rpc:chat.bsky.convo.listConvos?aud=*, false",
            "transition:chat.bsky, rpc:chat.bsky.convo.listConvos?aud=*, true",
            "transition:generic, account:email, false",
            "transition:email, account:email, true",
            "transition:email, account:email?action=manage, false",
            "account:email?action=manage, account:email, true",
            "account:email, account:repo, false",
            "blob:image/*, blob:image/png, true",
            "blob:image/*, blob?accept=image/png&accept=video/mp4, false",
            "blob:image/png, blob:image/*, false",
            "rpc:*?aud=did:web:api.example.com%23a, rpc:app.bsky.feed.getTimeline?aud=did:web:api.example.com%23a, true",
            "rpc:*?aud=did:web:api.example.com%23a, rpc:app.bsky.feed.getTimeline?aud=did:web:api.example.com%23b, false",
            "rpc:app.bsky.feed.getTimeline?aud=*, rpc:app.bsky.feed.getTimeline?aud=did:web:api.example.com%23b, true",
            "identity:*, identity:handle, true",
            "identity:handle, identity:*, false",
            "include:app.example.authFull, repo:app.example.post, false",
            "atproto, atproto, true",
            "repo:*, atproto, false",
        })
        void covers_followsTheReferenceServer(String granted, String needed, boolean covered) {
            assertThat(Scopes.parse(granted).covers(Scope.parse(needed))).isEqualTo(covered);
        }

        @Test
        void iterator_doesNotRemove() {
            assertThatThrownBy(() -> Scopes.of(Scope.ATPROTO).remove(Scope.ATPROTO))
                    .isInstanceOf(UnsupportedOperationException.class);
        }
    }
}
