package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.GetProfile;
import app.bsky.feed.Post;
import chat.bsky.convo.ListConvos;
import com.atproto.identity.ResolveHandle;
import com.atproto.repo.ListRecords;
import com.atproto.server.DescribeServer;
import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.ListOptions;
import dev.atlex.client.XrpcAuthenticationException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.TestAccount;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Scenarios for calls without an account, and for calls that the server forwards to other services. */
abstract class AnonymousScenarios extends Scenarios {
    AnonymousScenarios(Server server) {
        super(server);
    }

    @Test
    void describeServer_needsNoAccount() {
        DescribeServer.Output output = anonymous().call(DescribeServer.QUERY);

        assertThat(output.did()).hasToString("did:web:localhost");
        assertThat(output.availableUserDomains()).containsExactly(".test");
        assertThat(output.inviteCodeRequired()).isFalse();
    }

    @Test
    void resolveHandle_returnsDid() {
        TestAccount account = server.createAccount();

        assertThat(anonymous()
                        .call(ResolveHandle.QUERY, query -> query.handle(account.handle()))
                        .did())
                .isEqualTo(account.did());
        assertRejected(
                400, "HandleNotFound", () -> anonymous().call(ResolveHandle.QUERY, q -> q.handle("nobody.test")));
    }

    @Test
    void listRecords_needsNoAccount() {
        Client client = signedIn();
        client.create(Post.RECORD, post("public"));

        assertThat(anonymous()
                        .list(Post.RECORD, ListOptions.of(list -> list.repo(client.requireDid())))
                        .values())
                .extracting(Post::text)
                .containsExactly("public");
        assertRejected(
                400,
                "InvalidRequest",
                () -> anonymous()
                        .call(
                                ListRecords.QUERY,
                                query -> query.repo("nobody.test").collection("app.bsky.feed.post")));
    }

    @Test
    void missingToken_isReported() {
        XrpcResponseException refused =
                assertRejected(401, "AuthMissing", () -> anonymous().call(GetSession.QUERY));
        assertThat(refused).isInstanceOf(XrpcAuthenticationException.class);
        assertThat(refused.retryable()).isFalse();
    }

    @Test
    void forwardedMethod_unavailableServiceFails() {
        Client client = signedIn();

        XrpcResponseException notHere =
                assertRejected(502, "UpstreamFailure", () -> client.call(ListConvos.QUERY, query -> query.limit(1L)));

        assertThat(notHere.retryable()).isTrue();
        assertRejected(401, "AuthMissing", () -> anonymous().call(ListConvos.QUERY));
    }

    @Test
    void proxy_unavailableServiceFails() {
        Client client = signedIn().with(options -> options.proxy("did:example:nowhere#bsky_appview"));

        assertRejected(502, "UpstreamFailure", () -> client.call(ListConvos.QUERY));
        assertThat(client.call(GetSession.QUERY).did())
                .as("methods that the server implements are not forwarded")
                .isEqualTo(client.did());
        assertThat(client.create(Post.RECORD, post("stays here")).uri()).isNotNull();
    }

    @Test
    void proxy_unknownServiceIsReported() {
        Client client = signedIn();
        Did did = client.requireDid();

        for (String service : List.of("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa#bsky_appview", did + "#no_such_service")) {
            Client proxied = client.with(options -> options.proxy(service));
            assertRejected(400, "InvalidRequest", () -> proxied.call(ListConvos.QUERY));
            assertRejected(400, "InvalidRequest", () -> proxied.call(GetProfile.QUERY, query -> query.actor(did)));
        }
    }
}
