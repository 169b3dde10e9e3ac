package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.net.http.HttpRequest.BodyPublishers;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class HandledMethodTest {
    private static final String FEED = "app.bsky.feed.getFeed";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private LocalPds pds;
    private Http http;
    private TestAccount alice;
    private String token;

    @BeforeEach
    void login(LocalPds pds, TestAccount alice) {
        this.pds = pds;
        this.alice = alice;
        http = new Http(pds);
        token = http.login(alice).string("accessJwt");
    }

    @Test
    void missingMethod_namesHandle() {
        assertThat(http.get(FEED, token).error())
                .isEqualTo("501 MethodNotImplemented: LocalPds does not implement app.bsky.feed.getFeed;"
                        + " implement it with LocalPds.handle(\"app.bsky.feed.getFeed\", call -> …)");
        assertThat(http.get(FEED, null).error()).isEqualTo("401 AuthMissing: Authentication Required");
    }

    @Test
    void handler_receivesCallAndReturnsOutput() {
        pds.handle(FEED, call -> {
            assertThat(call.isProcedure()).isFalse();
            assertThat(call.caller()).isEqualTo(alice.did());
            assertThat(call.params("feed")).containsExactly("a", "b c");
            assertThat(call.param("none")).isNull();
            assertThat(call.header("X-Test")).isEqualTo("yes");
            return LexMap.of("feed", LexArray.of());
        });

        assertThat(http.send(http.request("/xrpc/" + FEED + "?feed=a&feed=b%20c", token)
                                .header("X-Test", "yes"))
                        .ok()
                        .text())
                .isEqualTo("{\"feed\":[]}");
        assertThat(pds.count(FEED)).isEqualTo(1);
        assertThat(http.get(FEED, null).error()).isEqualTo("401 AuthMissing: Authentication Required");
    }

    @Test
    void procedure_readsInputAndBody() {
        pds.handle("com.example.echo", call -> {
            assertThat(call.isProcedure()).isTrue();
            return LexMap.builder()
                    .put("size", call.body().length)
                    .put("input", call.input())
                    .build();
        });
        pds.handle("com.example.quiet", call -> null);

        assertThat(http.post("com.example.echo", token, "{'a':1}").ok().text())
                .isEqualTo("{\"size\":7,\"input\":{\"a\":1}}");
        assertThat(http.send(http.request("/xrpc/com.example.echo", token)
                                .header("Content-Type", "video/mp4")
                                .POST(BodyPublishers.ofByteArray(new byte[3])))
                        .ok()
                        .text())
                .isEqualTo("{\"size\":3,\"input\":{}}");
        assertThat(http.post("com.example.quiet", token).ok().text()).isEmpty();
    }

    @Test
    void methodException_becomesErrorResponse() {
        pds.handle(FEED, call -> {
            throw MethodException.of(400, "UnknownFeed", "no such feed");
        });
        pds.handle("com.example.broken", call -> {
            throw new IllegalStateException("a bug in the test");
        });

        assertThat(http.get(FEED, token).error()).isEqualTo("400 UnknownFeed: no such feed");
        assertThat(http.get("com.example.broken", token).error())
                .isEqualTo("500 InternalServerError: Internal Server Error");
        assertThatIllegalArgumentException().isThrownBy(() -> MethodException.of(200, "x", "y"));
    }

    @Test
    void handler_replacesServerMethod() {
        pds.handle(
                "com.atproto.server.describeServer",
                call -> LexMap.builder().put("did", "did:web:other.test").build());

        assertThat(http.get("com.atproto.server.describeServer", null).string("did"))
                .isEqualTo("did:web:other.test");
        pds.reset();
        assertThat(http.get("com.atproto.server.describeServer", null).string("did"))
                .isNotEqualTo("did:web:other.test");
    }

    @Test
    void handler_maySendRequestsToTheServer() {
        pds.handle(
                FEED, call -> LexMap.of("did", LexValue.of(http.session(token).string("did"))));

        assertThat(http.get(FEED, token).string("did")).isEqualTo(alice.did().toString());
    }

    @Test
    void handle_rejectsAnInvalidNsid() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> pds.handle("no nsid", call -> null))
                .withMessage("handle: not a valid NSID (got \"no nsid\")");
    }

    @Nested
    class WithoutAppView {
        @Test
        void appViewMethods_areUnreachable() {
            try (LocalPds server = LocalPds.start(o -> o.appView(false).account("carol.test", "password"))) {
                Http plain = new Http(server);
                String carol = plain.login("carol.test", "password").string("accessJwt");
                server.handle(FEED, call -> LexMap.of());

                for (String method : new String[] {"app.bsky.feed.getTimeline", "chat.bsky.convo.listConvos"}) {
                    assertThat(plain.get(method, carol).error())
                            .isEqualTo("502 UpstreamFailure: Upstream service unreachable");
                }
                plain.get("app.bsky.actor.getPreferences", carol).ok();
                plain.get(FEED, carol).ok();
            }
        }
    }
}
