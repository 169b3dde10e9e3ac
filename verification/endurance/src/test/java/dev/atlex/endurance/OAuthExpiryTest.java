package dev.atlex.endurance;

import dev.atlex.testkit.LocalPds;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Many threads in several processes share OAuth sessions whose access tokens expire again and again. A refresh token works
 * once, so a second refresh would end the session.
 */
class OAuthExpiryTest extends EnduranceTest {
    @ParameterizedTest
    @EnumSource
    void expiry_causesOneRotationAndNoFailure(StoreLocation.Kind kind) throws Exception {
        boolean files = kind == StoreLocation.Kind.FILES;
        OAuthHerd herd = new OAuthHerd(
                files ? Scale.of("oauth-processes", 2, 4) : 2,
                Scale.of("threads", 4, 16),
                Scale.of("oauth-accounts", 4, 20),
                Scale.of("oauth-expiries", 12, 2_000));
        try (OAuthServer server = new LocalOAuthServer(LocalPds.start());
                StoreLocation place = StoreLocation.create(kind)) {
            figures("OAuth expiries, %s: %s", kind, herd.run(server, place));
        }
    }

    /** {@code verification/conformance/reference/install.sh} installs the server: minutes, and a C++ compiler. */
    @Test
    @EnabledIfSystemProperty(named = "atlex.endurance.reference", matches = "true")
    void expiry_onReferenceServer_causesOneRotationAndNoFailure() throws Exception {
        OAuthHerd herd = new OAuthHerd(
                Scale.of("oauth-processes", 2, 4),
                Scale.of("threads", 4, 16),
                Scale.of("oauth-accounts", 4, 10),
                Scale.of("oauth-reference-expiries", 12, 300));
        try (OAuthServer server = new ReferenceOAuthServer();
                StoreLocation place = StoreLocation.create(StoreLocation.Kind.FILES)) {
            figures("OAuth expiries, reference PDS, FILES: %s", herd.run(server, place));
        }
    }
}
