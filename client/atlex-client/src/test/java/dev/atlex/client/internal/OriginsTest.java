package dev.atlex.client.internal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.net.URI;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OriginsTest {
    private static final URI SERVICE = URI.create("https://pds.example.com");

    @ParameterizedTest
    @ValueSource(
            strings = {
                "https://pds.example.com/",
                "HTTPS://PDS.Example.com",
                "https://pds.example.com:443/xrpc?a=b",
            })
    void same_otherSpelling_isTheSameOrigin(URI url) {
        assertThat(Origins.same(SERVICE, url)).isTrue();
        assertThat(Origins.same(url, SERVICE)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://pds.example.com",
                "http://pds.example.com:443",
                "https://pds.example.com:80",
                "https://pds.example.com:8443",
                "https://example.com",
                "https://a.pds.example.com",
                "https://pds.example.com.",
            })
    void same_otherSchemeHostOrPort_isAnotherOrigin(URI url) {
        assertThat(Origins.same(SERVICE, url)).isFalse();
        assertThat(Origins.same(url, SERVICE)).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "' https://bsky.social.:443/ ', https://bsky.social:443",
        "https://Bsky.social/xrpc/a?b#c, https://Bsky.social",
        "http://localhost:2583, http://localhost:2583",
        "http://[::1]:2583/, http://[::1]:2583",
    })
    void parse_pathAndTrailingDot_areRemoved(String service, String origin) {
        assertThat(Origins.parse(service)).hasToString(origin);
    }

    @Test
    void parse_userInformation_isRefusedWithoutShowingIt() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Origins.parse("https://alice:secret@pds.example.com"))
                .withMessageNotContaining("secret");
    }

    @ParameterizedTest
    @CsvSource({
        "HTTPS://PDS.com/path?q#f, https://pds.com",
        "https://pds.com:443, https://pds.com:443",
        "https://pds.com., https://pds.com.",
        "ftp://pds.com, ",
        "https://user@pds.com, ",
        "https://pds.com:0, ",
        "https://pds.com:65536, ",
        "https://a b.com, ",
    })
    void find_untrustedUrl_isNullUnlessUsable(String url, URI origin) {
        assertThat(Origins.find(url)).isEqualTo(origin);
    }
}
