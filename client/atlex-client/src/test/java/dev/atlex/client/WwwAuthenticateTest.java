package dev.atlex.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeout;

import dev.atlex.client.WwwAuthenticate.Challenge;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Parsing of challenges (RFC 9110, section 11.6.1). */
class WwwAuthenticateTest {
    private static List<Challenge> parse(String... values) {
        return WwwAuthenticate.parse(List.of(values)).challenges();
    }

    private static Challenge with(String scheme, Map<String, String> parameters) {
        return new Challenge(scheme, null, parameters);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '\'',
            value = {
                "Bearer realm=example|realm|example",
                "Bearer realm=\"example\"|realm|example",
                "Bearer realm=\"two words\"|realm|two words",
                "Bearer realm=\"a \\\"b\\\" c\"|realm|a \"b\" c",
                "Bearer realm=\"a\\\\b\"|realm|a\\b",
                "Bearer realm=\"a\\b\"|realm|ab",
                "Bearer realm=\"a, b, c=d\"|realm|a, b, c=d",
                "Bearer realm=\"\"|realm|''",
                "Bearer max-age=1|max-age|1",
                "Bearer error_code=x|error_code|x",
                "Bearer realm@foo=\"bar\"|realm@foo|bar",
                "  Bearer   realm=\"x\"  |realm|x",
                "Bearer realm = \"x\"|realm|x",
                "Bearer realm=first, realm=second|realm|second"
            })
    void parameterIsRead(String header, String name, String value) {
        assertThat(parse(header)).containsExactly(with("Bearer", Map.of(name, value)));
    }

    @Test
    void challengeMayHaveSeveralParameters() {
        assertThat(parse("Digest realm=\"r\", qop=\"auth, auth-int\", algorithm=MD5"))
                .containsExactly(with("Digest", Map.of("realm", "r", "qop", "auth, auth-int", "algorithm", "MD5")));
        assertThat(parse("Bearer realm=, error=x")).containsExactly(with("Bearer", Map.of("realm", "", "error", "x")));
        assertThat(parse("DPoP algs=\"ES256 RS256\" , error = \"use_dpop_nonce\""))
                .containsExactly(with("DPoP", Map.of("algs", "ES256 RS256", "error", "use_dpop_nonce")));
    }

    @ParameterizedTest
    @CsvSource(
            value = {
                "Bearer,NULL",
                "'Bearer   ',NULL",
                "Negotiate abc123,abc123",
                "Negotiate abc=,abc=",
                "Negotiate abc==,abc==",
                "Negotiate a+b/c-._~==,a+b/c-._~==",
                "!@#$%,NULL"
            },
            nullValues = "NULL")
    void challengeMayHaveATokenOrNothing(String header, @Nullable String token) {
        assertThat(parse(header)).containsExactly(new Challenge(header.strip().split(" ")[0], token, Map.of()));
    }

    @Test
    void severalChallengesInOneOrMoreHeadersAreRead() {
        Challenge basic = with("Basic", Map.of("realm", "say \"hi\", you", "charset", "UTF-8"));
        Challenge bearer = new Challenge("Bearer", "rr=", Map.of());
        Challenge negotiate = new Challenge("Negotiate", "xyz", Map.of());
        String first = "Basic realm=\"say \\\"hi\\\", you\", charset=\"UTF-8\"";
        assertThat(parse(first + "  ,   Bearer   rr=    ,Negotiate xyz")).containsExactly(basic, bearer, negotiate);
        assertThat(parse(first, "", "Bearer rr=", "Negotiate xyz")).containsExactly(basic, bearer, negotiate);
        assertThat(parse("Negotiate, Basic")).hasSize(2);
    }

    @Test
    void noHeaderMeansNoChallenge() {
        assertThat(parse()).isEmpty();
        assertThat(parse("")).isEmpty();
        assertThat(parse("   ")).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "Bearer realm=\"oauth\" error=\"x\"",
                "Bearer realm=\"unclosed",
                "Bearer realm=\"unclosed\\",
                "Bearer realm=\"x\"y",
                "Bearer =\"value\"",
                "Bearer, realm=\"foo\"",
                "realm=\"foo\"",
                "Basic realm=\"a\", Basic realm=\"b\"",
                "Basic realm=\"a\", basic",
                "Basic, Basic",
                "Bearer realm=a\"b",
                "Bearer realm=a b",
                "Bearer a b=c",
                "Bearer realm=x,,error=y",
                "Bearer realm=x, \"y\"",
                ","
            })
    void malformedHeaderYieldsNoChallenges(String header) {
        assertThat(parse(header)).isEmpty();
        assertThat(parse("Negotiate", header)).isEmpty();
    }

    @Test
    void longHeaderDoesNotOverflowTheStack() {
        String realm = "\\\\x".repeat(100_000);
        assertThat(parse("Bearer realm=\"" + realm + "\"").get(0).parameters().get("realm"))
                .hasSize(200_000);
        assertThat(parse("B ".repeat(100_000))).isNotNull();
        assertThat(parse("a=" + ",".repeat(100_000))).isEmpty();
    }

    /** Takes minutes if each challenge is compared with all before it. */
    @Test
    void manyChallengesAndParametersAreReadInLinearTime() {
        List<String> colliding = List.of("");
        for (int i = 0; i < 16; i++) {
            colliding = colliding.stream()
                    .flatMap(name -> Stream.of(name + "Aa", name + "BB"))
                    .toList();
        }
        String schemes = IntStream.range(0, 200_000).mapToObj(i -> "s" + i).collect(Collectors.joining(","));
        String parameters = colliding.stream().map(name -> name + "=1").collect(Collectors.joining(","));
        assertTimeout(Duration.ofSeconds(20), () -> {
            assertThat(parse(schemes)).hasSize(200_000);
            assertThat(parse("Bearer " + parameters).get(0).parameters()).hasSize(1 << 16);
        });
    }

    @Test
    void challengesAreFoundByTheirSchemeInAnyCase() {
        WwwAuthenticate all = WwwAuthenticate.parse(List.of("DPoP a=1, Bearer b=2"));
        assertThat(all.challenge("dpop")).isEqualTo(with("DPoP", Map.of("a", "1")));
        assertThat(all.challenge("BEARER")).isEqualTo(with("Bearer", Map.of("b", "2")));
        assertThat(all.challenge("Basic")).isNull();
    }
}
