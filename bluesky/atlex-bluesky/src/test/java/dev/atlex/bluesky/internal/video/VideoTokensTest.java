package dev.atlex.bluesky.internal.video;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.Client;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.net.URLDecoder;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Tests which server an upload's token is issued for. */
class VideoTokensTest {
    private static final Did ALICE = Did.of("did:plc:aaaaaaaaaaaaaaaaaaaaaaaa");

    /** A server with this DID, and an account whose DID document names the same server, another one or none. */
    private record Server(String own, String endpoint, List<String> queries) implements Agent {
        @Override
        public Did did() {
            return ALICE;
        }

        @Override
        public TransportResponse send(AgentRequest request) {
            queries.add(URLDecoder.decode(request.path(), UTF_8));
            String json;
            if (request.path().contains("describeServer")) {
                json = "{'did':'" + own + "','availableUserDomains':[]}";
            } else if (request.path().contains("getSession")) {
                String document = endpoint.equals("none")
                        ? ""
                        : ",'didDoc':{'id':'" + ALICE + "','service':[{'id':'#atproto_pds',"
                                + "'type':'AtprotoPersonalDataServer','serviceEndpoint':'" + endpoint + "'}]}";
                json = "{'handle':'alice.test','did':'" + ALICE + "'" + document + "}";
            } else {
                json = "{'token':'t'}";
            }
            return TransportResponse.of(
                    200,
                    HttpHeaders.of("content-type", "application/json"),
                    json.replace('\'', '"').getBytes(UTF_8));
        }
    }

    @ParameterizedTest
    @CsvSource({
        // A server that is named in the account's document.
        "did:web:pds.example.com, https://pds.example.com, did:web:pds.example.com",
        // An entryway in front of the account's server.
        "did:web:bsky.social, https://morel.us-east.host.bsky.network, did:web:morel.us-east.host.bsky.network",
        // An app password whose session has no document.
        "did:web:pds.example.com, none, did:web:pds.example.com",
        // A development server, whose DID has no port.
        "did:web:localhost, http://localhost:2583, did:web:localhost",
        // A server with a custom DID.
        "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb, https://pds.example.com, did:plc:bbbbbbbbbbbbbbbbbbbbbbbb",
    })
    void audience_isTheAccountsServer(String own, String endpoint, String expected) {
        Server server = new Server(own, endpoint, new ArrayList<>());
        new VideoTokens(new Client(server), URI.create("https://video.bsky.app"), null, null, Clock.systemUTC())
                .forUpload(Deadline.NONE);
        assertThat(server.queries())
                .last()
                .asString()
                .contains("aud=" + expected + "&")
                .contains("lxm=com.atproto.repo.uploadBlob");
    }

    @ParameterizedTest
    @CsvSource({
        "https://video.bsky.app, did:web:video.bsky.app",
        "http://localhost:2585, did:web:localhost%3A2585",
    })
    void limitsRequest_hasVideoServiceAsAudience(String service, String expected) {
        Server server = new Server("did:web:pds.example.com", "none", new ArrayList<>());
        new VideoTokens(new Client(server), URI.create(service), null, null, Clock.systemUTC())
                .forLimits(Deadline.NONE);
        assertThat(server.queries())
                .singleElement()
                .asString()
                .contains("aud=" + expected)
                .contains("lxm=app.bsky.video.getUploadLimits");
    }
}
