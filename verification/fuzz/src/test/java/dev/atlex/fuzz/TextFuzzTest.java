package dev.atlex.fuzz;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import dev.atlex.client.WwwAuthenticate;
import dev.atlex.crypto.CryptoException;
import dev.atlex.crypto.Jws;
import dev.atlex.crypto.P256PublicKey;
import dev.atlex.data.Cid;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.oauth.ClientKeys;
import dev.atlex.oauth.OAuthException;
import dev.atlex.session.Credentials;
import dev.atlex.session.SessionData;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.syntax.LanguageTag;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.syntax.Tid;
import dev.atlex.syntax.Uris;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Tests that any String is parsed or rejected with a typed exception, and that {@code isValid} agrees with the parser.
 */
class TextFuzzTest {
    private record Format(Predicate<String> isValid, Function<String, Object> of) {}

    private static final Map<String, Format> FORMATS = Map.of(
            "at-identifier", new Format(AtIdentifier::isValid, AtIdentifier::of),
            "at-uri", new Format(AtUri::isValid, AtUri::of),
            "cid", new Format(Cid::isValid, Cid::of),
            "datetime", new Format(Datetime::isValid, Datetime::of),
            "did", new Format(Did::isValid, Did::of),
            "handle", new Format(Handle::isValid, Handle::of),
            "language", new Format(LanguageTag::isValid, LanguageTag::of),
            "nsid", new Format(Nsid::isValid, Nsid::of),
            "record-key", new Format(RecordKey::isValid, RecordKey::of),
            "tid", new Format(Tid::isValid, Tid::of));

    @FuzzTest(maxDuration = "2m")
    void identifiers(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        FORMATS.forEach((name, format) -> {
            boolean valid = format.isValid().test(text);
            Object value = null;
            try {
                value = format.of().apply(text);
            } catch (InvalidSyntaxException e) {
                assertThat(valid).as(name).isFalse();
            }
            if (value != null) {
                assertThat(valid).as(name).isTrue();
                if (!name.equals("handle") && !name.equals("at-identifier") && !name.equals("at-uri")) {
                    assertThat(value).as(name).hasToString(text);
                }
            }
        });
        Uris.isValid(text);
        if (Datetime.isValid(text)) {
            assertThat(Datetime.isValidLenient(text)).isTrue();
            try {
                Datetime.of(text).toInstant();
            } catch (InvalidSyntaxException e) {
                // Some valid datetimes, such as June 31, aren't instants. The reference accepts them, too.
                assertThat(text.substring(8, 10)).isIn("29", "30", "31");
            }
        } else if (Datetime.isValidLenient(text)) {
            Datetime.unchecked(text).toString();
        }
        if (LanguageTag.isValid(text)) {
            assertThat(LanguageTag.isValidLenient(text)).isTrue();
        }
    }

    @FuzzTest(maxDuration = "2m")
    void sessionData(byte[] input) {
        try {
            SessionData data = SessionData.parse(new String(input, StandardCharsets.UTF_8));
            assertThat(SessionData.parse(data.toJson())).isEqualTo(data);
        } catch (LexException e) {
            // Expected for invalid input.
        }
    }

    @FuzzTest(maxDuration = "2m")
    void credentials(byte[] input) {
        try {
            assertThat(Credentials.parse(new String(input, StandardCharsets.UTF_8)))
                    .isNotNull();
        } catch (LexException | IllegalArgumentException e) {
            // Expected for invalid input.
        }
    }

    @FuzzTest(maxDuration = "2m")
    void jws(byte[] input) {
        try {
            Jws jws = Jws.parse(new String(input, StandardCharsets.UTF_8));
            LexMap jwk = jws.header().getMap("jwk");
            if (jwk != null) {
                P256PublicKey key = P256PublicKey.fromJwk(jwk);
                assertThat(P256PublicKey.fromJwk(key.toJwk())).isEqualTo(key);
                jws.verify(key);
            }
        } catch (CryptoException e) {
            // Expected for invalid input.
        }
    }

    @FuzzTest(maxDuration = "2m")
    void clientKeys(byte[] input) {
        try {
            ClientKeys keys = ClientKeys.fromJson(new String(input, StandardCharsets.UTF_8));
            assertThat(ClientKeys.fromJson(keys.toJson()).kids()).isEqualTo(keys.kids());
        } catch (OAuthException e) {
            // Expected for invalid input.
        }
    }

    @FuzzTest(maxDuration = "2m")
    void wwwAuthenticate(byte[] input) {
        String text = new String(input, StandardCharsets.UTF_8);
        assertThat(WwwAuthenticate.parse(List.of(text))).isNotNull();
        assertThat(WwwAuthenticate.parse(List.of(text.split(",", -1)))).isNotNull();
    }
}
