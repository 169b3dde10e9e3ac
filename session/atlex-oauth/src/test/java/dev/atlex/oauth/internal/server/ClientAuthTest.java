package dev.atlex.oauth.internal.server;

import static org.assertj.core.api.Assertions.assertThat;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.oauth2.sdk.auth.ClientAuthenticationMethod;
import com.nimbusds.oauth2.sdk.auth.PrivateKeyJWT;
import com.nimbusds.oauth2.sdk.auth.Secret;
import com.nimbusds.oauth2.sdk.auth.verifier.ClientAuthenticationVerifier;
import com.nimbusds.oauth2.sdk.auth.verifier.ClientCredentialsSelector;
import com.nimbusds.oauth2.sdk.auth.verifier.Context;
import com.nimbusds.oauth2.sdk.auth.verifier.JWTAudienceCheck;
import com.nimbusds.oauth2.sdk.id.Audience;
import com.nimbusds.oauth2.sdk.id.ClientID;
import dev.atlex.crypto.Base64Url;
import dev.atlex.crypto.Jws;
import dev.atlex.crypto.P256PrivateKey;
import java.net.URI;
import java.security.PublicKey;
import java.text.ParseException;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class ClientAuthTest {
    private static final String CLIENT = "https://app.example/oauth-client-metadata.json";
    private static final URI ISSUER = URI.create("https://entryway.example");

    private final P256PrivateKey key = P256PrivateKey.generate();
    private final ClientAuth auth = ClientAuth.privateKeyJwt(CLIENT, "k1", key);

    private static Map<String, String> parameters(ClientAuth auth, Instant now) {
        Map<String, String> parameters = new LinkedHashMap<>();
        auth.addTo(parameters, ISSUER, now);
        return parameters;
    }

    @Test
    void publicClient_onlyNamesItself() {
        ClientAuth none = ClientAuth.none(CLIENT);

        assertThat(parameters(none, Instant.now())).isEqualTo(Map.of("client_id", CLIENT));
        assertThat(none.method()).isEqualTo("none");
        assertThat(none.kid()).isNull();
    }

    @Test
    void assertion_hasClaimsForTheIssuer() {
        Instant now = Instant.parse("2026-11-27T12:00:00Z");

        Map<String, String> parameters = parameters(auth, now);

        assertThat(parameters)
                .containsEntry("client_id", CLIENT)
                .containsEntry("client_assertion_type", "urn:ietf:params:oauth:client-assertion-type:jwt-bearer");
        Jws assertion = Jws.parse(parameters.get("client_assertion"));
        assertThat(assertion.verify(key.publicKey())).isTrue();
        assertThat(assertion.header().getString("kid")).isEqualTo("k1");
        assertThat(assertion.payload().getString("iss")).isEqualTo(CLIENT);
        assertThat(assertion.payload().getString("sub")).isEqualTo(CLIENT);
        assertThat(assertion.payload().getString("aud")).isEqualTo("https://entryway.example");
        assertThat(assertion.payload().getInteger("iat")).isEqualTo(now.getEpochSecond() - 5);
        assertThat(assertion.payload().getInteger("exp")).isGreaterThan(now.getEpochSecond() + 60);
        assertThat(Base64Url.decode(assertion.payload().getString("jti"))).hasSize(16);
    }

    @Test
    void assertion_isNewEachTime() {
        Instant now = Instant.now();

        String first = Jws.parse(parameters(auth, now).get("client_assertion"))
                .payload()
                .getString("jti");
        String second = Jws.parse(parameters(auth, now).get("client_assertion"))
                .payload()
                .getString("jti");

        assertThat(first).isNotEqualTo(second);
    }

    @Test
    void assertion_isValidForOtherVerifiers() throws Exception {
        Map<String, List<String>> form = parameters(auth, Instant.now()).entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> List.of(e.getValue())));

        new ClientAuthenticationVerifier<>(published(), Set.of(new Audience(ISSUER)), JWTAudienceCheck.STRICT)
                .verify(PrivateKeyJWT.parse(form), null, null);
    }

    private ClientCredentialsSelector<Object> published() {
        return new ClientCredentialsSelector<>() {
            @Override
            public List<Secret> selectClientSecrets(
                    ClientID id, ClientAuthenticationMethod method, Context<Object> context) {
                return List.of();
            }

            @Override
            public List<PublicKey> selectPublicKeys(
                    ClientID id,
                    ClientAuthenticationMethod method,
                    JWSHeader header,
                    boolean refresh,
                    Context<Object> context) {
                assertThat(id).hasToString(CLIENT);
                assertThat(header.getKeyID()).isEqualTo("k1");
                try {
                    return List.of(ECKey.parse(key.publicKey().toJwk().toJson()).toECPublicKey());
                } catch (ParseException | JOSEException e) {
                    throw new AssertionError(e);
                }
            }
        };
    }

    @Test
    void toString_hasNoKey() {
        assertThat(auth).hasToString("ClientAuth[" + CLIENT + ", private_key_jwt, kid=k1]");
    }
}
