package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import dev.atlex.testkit.RecordedRequest.Kind;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class RequestLogTest {
    private static final String GET_SESSION = "com.atproto.server.getSession";
    private static final String REFRESH = "com.atproto.server.refreshSession";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @Test
    void requests_areListedInOrder(LocalPds pds, TestAccount alice) {
        Http http = new Http(pds);
        Http.Reply session = http.login(alice);
        http.get(GET_SESSION + "?a=b%20c", session.string("accessJwt"));
        http.session(null);

        assertThat(pds.requests())
                .extracting(RecordedRequest::nsid, RecordedRequest::method, RecordedRequest::status)
                .containsExactly(
                        tuple("com.atproto.server.createSession", "POST", 200),
                        tuple(GET_SESSION, "GET", 200),
                        tuple(GET_SESSION, "GET", 401));
        assertThat(pds.count(GET_SESSION)).isEqualTo(2);
        RecordedRequest first = pds.requests(GET_SESSION).get(0);
        assertThat(first.query()).isEqualTo("a=b%20c");
        assertThat(first.hadAuthorization()).isTrue();
        assertThat(pds.requests(GET_SESSION).get(1).hadAuthorization()).isFalse();
        pds.clearRequests();
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void tokens_areDistinguishableButHidden(LocalPds pds, TestAccount alice) {
        Http http = new Http(pds);
        Http.Reply session = http.login(alice);
        String access = session.string("accessJwt");
        String refresh = session.string("refreshJwt");
        http.session(access);
        http.refresh(refresh);
        http.session("garbage");

        assertThat(pds.requests().toString())
                .doesNotContain(access, refresh, alice.password(), "garbage")
                .contains("authorization=***");
        RecordedRequest.Token used = pds.requests(REFRESH).get(0).token();
        assertThat(used.kind()).isEqualTo(Kind.REFRESH);
        assertThat(used.id()).isEqualTo(Http.claims(refresh).getString("jti"));
        assertThat(used.did()).isEqualTo(alice.did());
        assertThat(pds.requests(GET_SESSION))
                .extracting(request -> request.token().kind())
                .containsExactly(Kind.ACCESS, Kind.OTHER);
    }

    @Test
    void awaitRequests_hugeTimeout_returnsTheRequests(LocalPds pds) throws Exception {
        new Http(pds).session(null);
        assertThat(pds.awaitRequests(GET_SESSION, 1, Duration.ofSeconds(Long.MAX_VALUE)))
                .hasSize(1);
    }

    @Test
    void awaitRequests_timeoutReportsCount(LocalPds pds) {
        new Http(pds).session(null);
        assertThatThrownBy(() -> pds.awaitRequests(GET_SESSION, 2, Duration.ofMillis(20)))
                .isInstanceOf(AssertionError.class)
                .hasMessage("awaitRequests: expected at least 2 requests of " + GET_SESSION + " within 20 ms (got 1)");
    }
}
