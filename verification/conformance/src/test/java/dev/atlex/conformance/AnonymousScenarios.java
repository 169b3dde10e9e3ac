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

/** What needs no account, what lacks one, and what the server hands on to others. */
abstract class AnonymousScenarios extends Scenarios {
    AnonymousScenarios(Server server) {
        super(server);
    }

    @Test
    void theServerDescribesItself() {
        DescribeServer.Output output = anonymous().call(DescribeServer.QUERY);

        assertThat(output.did()).hasToString("did:web:localhost");
        assertThat(output.availableUserDomains()).containsExactly(".test");
        assertThat(output.inviteCodeRequired()).isFalse();
    }

    @Test
    void aHandleLeadsToItsDid() {
        TestAccount account = server.createAccount();

        assertThat(anonymous()
                        .call(ResolveHandle.QUERY, query -> query.handle(account.handle()))
                        .did())
                .isEqualTo(account.did());
        assertRefused(400, "HandleNotFound", () -> anonymous().call(ResolveHandle.QUERY, q -> q.handle("nobody.test")));
    }

    @Test
    void recordsOfOthersAreListed() {
        Client client = signedIn();
        client.create(Post.RECORD, post("public"));

        assertThat(anonymous()
                        .list(Post.RECORD, ListOptions.of(list -> list.repo(client.requireDid())))
                        .values())
                .extracting(Post::text)
                .containsExactly("public");
        assertRefused(
                400,
                "InvalidRequest",
                () -> anonymous()
                        .call(
                                ListRecords.QUERY,
                                query -> query.repo("nobody.test").collection("app.bsky.feed.post")));
    }

    @Test
    void aCallWithoutTheTokenThatItNeedsIsRefusedAsSuch() {
        XrpcResponseException refused =
                assertRefused(401, "AuthMissing", () -> anonymous().call(GetSession.QUERY));
        assertThat(refused).isInstanceOf(XrpcAuthenticationException.class);
        assertThat(refused.retryable()).isFalse();
    }

    @Test
    void aMethodOfAnotherServiceFailsWhileThatServiceIsDown() {
        Client client = signedIn();

        XrpcResponseException notHere =
                assertRefused(502, "UpstreamFailure", () -> client.call(ListConvos.QUERY, query -> query.limit(1L)));

        assertThat(notHere.retryable()).isTrue();
        assertRefused(401, "AuthMissing", () -> anonymous().call(ListConvos.QUERY));
    }

    @Test
    void aServiceThatIsAskedForByProxyAndIsDownFails() {
        Client client = signedIn().with(options -> options.proxy("did:example:nowhere#bsky_appview"));

        assertRefused(502, "UpstreamFailure", () -> client.call(ListConvos.QUERY));
        assertThat(client.call(GetSession.QUERY).did())
                .as("what the server does itself it hands on to nobody")
                .isEqualTo(client.did());
        assertThat(client.create(Post.RECORD, post("stays here")).uri()).isNotNull();
    }

    @Test
    void aServiceThatCannotBeFoundIsTold() {
        Client client = signedIn();
        Did did = client.requireDid();

        for (String service : List.of("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa#bsky_appview", did + "#no_such_service")) {
            Client proxied = client.with(options -> options.proxy(service));
            assertRefused(400, "InvalidRequest", () -> proxied.call(ListConvos.QUERY));
            assertRefused(400, "InvalidRequest", () -> proxied.call(GetProfile.QUERY, query -> query.actor(did)));
        }
    }
}
