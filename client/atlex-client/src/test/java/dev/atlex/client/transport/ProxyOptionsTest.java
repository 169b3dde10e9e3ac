package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ProxyOptionsTest {
    private static final URI SERVER = URI.create("https://pds.example.com/x");

    /** The example of the Javadoc. */
    private static Transport example(String password) {
        ProxyOptions proxy = ProxyOptions.of(o -> o.url("http://proxy.example.com:8080")
                .credentials("user", password)
                .noProxy("localhost", "intranet.example.com", "10.0.0.0/8"));
        Transport transport = JdkTransport.builder().proxy(proxy).build();
        return transport;
    }

    @Test
    void exampleOfTheJavadoc_works() {
        Transport transport = example("secret");

        assertThat(transport.isProxied(SERVER)).isTrue();
        assertThat(transport.isProxied(URI.create("http://10.1.2.3"))).isFalse();
    }

    @ParameterizedTest
    @CsvSource({
        "http://proxy.example.com:8080,     http://proxy.example.com:8080",
        "proxy.example.com:8080,            http://proxy.example.com:8080",
        "http://proxy.example.com,          http://proxy.example.com:80",
        "HTTP://Proxy.Example.com:8080/,    http://proxy.example.com:8080",
        "http://u:p%40ss@10.0.0.1:3128,     http://10.0.0.1:3128",
        "http://u:p@s/s#?@10.0.0.1:3128,    http://10.0.0.1:3128",
        "http://u@[::1]:3128,               http://[::1]:3128",
    })
    void url_isParsed(String url, String expected) {
        ProxyOptions options = ProxyOptions.of(url);

        assertThat(options.proxyFor(SERVER)).hasToString(expected);
        assertThat(options.toBuilder().build()).hasToString(options.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "http://",
                "http://u:hunter2@",
                "http://u:hunter2@host:0",
                "http://u:hunter2@host:99999",
                "http://u:hunter2@host:x",
                "http://u:hunter2@ho st:1",
                "socks5://u:hunter2@host:1080",
                "https://u:hunter2@host:443",
                "ftp://u:hunter2@host:1",
                "http://u:hunter2@host:1/path",
                "http://u:hunter2\n@host:1",
                "http://u:hunter2%0A@host:1",
            })
    void invalidUrl_isRefusedWithoutQuotingIt(String url) {
        assertThatThrownBy(() -> ProxyOptions.of(url))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("http proxy: ")
                .hasNoCause()
                .message()
                .doesNotContain("hunter2");
    }

    @Test
    void credentials_neverShow() {
        ProxyOptions options = ProxyOptions.of(o -> o.url("http://proxy:1").credentials("alice", "hunter2"));

        assertThat(options).hasToString("ProxyOptions[http=http://proxy:1, https=http://proxy:1, noProxy=[]]");
        assertThat(JdkTransport.builder().proxy(options).build().toString()).doesNotContain("hunter2", "alice");
    }

    @Test
    void credentials_withoutProxy_areRefused() {
        assertThatThrownBy(() -> ProxyOptions.of(o -> o.credentials("u", "p")))
                .isInstanceOf(IllegalStateException.class)
                .hasMessage("proxy credentials: set the proxy's URL first");
        assertThatThrownBy(() -> ProxyOptions.of(o -> o.url("http://proxy").credentials("a:b", "hunter2")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("proxy credentials: the user name must not contain a colon");
    }

    @ParameterizedTest
    @CsvSource({
        "*,                     https://pds.example.com,        true",
        "example.com,           https://example.com,            true",
        "example.com,           https://pds.EXAMPLE.com.,       true",
        "Example.COM.,          https://pds.example.com,        true",
        "example.com,           https://notexample.com,         false",
        ".example.com,          https://pds.example.com,        true",
        "*.example.com,         https://pds.example.com,        true",
        "pds.example.com,       https://example.com,            false",
        "example.com:443,       https://pds.example.com,        true",
        "example.com:80,        https://pds.example.com,        false",
        "example.com:8443,      https://pds.example.com:8443,   true",
        "localhost,             http://localhost:2583,          true",
        "127.0.0.1,             http://127.0.0.1:2583,          true",
        "127.0.0.1:80,          http://127.0.0.1:2583,          false",
        "127.0.0.1,             http://127.0.0.10,              false",
        "10.0.0.0/8,            http://10.255.1.2,              true",
        "10.0.0.0/8,            http://11.0.0.1,                false",
        "192.0.2.128/25,        http://192.0.2.200,             true",
        "192.0.2.128/25,        http://192.0.2.100,             false",
        "0.0.0.0/0,             http://192.0.2.100,             true",
        "0.0.0.0/0,             http://example.com,             false",
        "::1,                   http://[::1]:2583,              true",
        "[::1]:2583,            http://[::1]:2583,              true",
        "[::1]:1,               http://[::1]:2583,              false",
        "fd00::/8,              http://[fd12::1],               true",
        "fd00::/8,              http://10.0.0.1,                false",
    })
    void noProxy_matches(String entry, URI url, boolean direct) {
        ProxyOptions options = ProxyOptions.of(o -> o.url("http://proxy:1").noProxy(entry));

        assertThat(options.proxyFor(url) == null).isEqualTo(direct);
    }

    @ParameterizedTest
    @ValueSource(strings = {"10.0.0.0/33", "example.com/8", "exa mple.com:x", "http://example.com", "a:b", "é.com"})
    void invalidNoProxy_isRefused(String entry) {
        assertThatThrownBy(() -> ProxyOptions.of(o -> o.noProxy(entry)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageStartingWith("noProxy: expected a domain, an address, a range of addresses or * (got ");
    }

    @Nested
    class Environment {
        @Test
        void emptyEnvironment_hasNoProxy() {
            assertThat(ProxyOptions.fromEnvironment(Map.of("HTTPS_PROXY", " ")).proxyFor(SERVER))
                    .isNull();
        }

        @Test
        void lowerCase_takesPrecedence() {
            ProxyOptions options = ProxyOptions.fromEnvironment(Map.of(
                    "https_proxy", "http://lower:1",
                    "HTTPS_PROXY", "http://upper:1",
                    "NO_PROXY", "*",
                    "no_proxy", "other.example"));

            assertThat(options.https()).hasToString("http://lower:1");
            assertThat(options.proxyFor(SERVER)).hasToString("http://lower:1");
        }

        @Test
        void allProxy_fillsIn() {
            ProxyOptions options =
                    ProxyOptions.fromEnvironment(Map.of("ALL_PROXY", "http://all:1", "http_proxy", "http://plain:1"));

            assertThat(options.https()).hasToString("http://all:1");
            assertThat(options.http()).hasToString("http://plain:1");
        }

        @Test
        void httpProxyOfCgi_isIgnored() {
            Map<String, String> variables = Map.of("HTTP_PROXY", "http://evil:1", "REQUEST_METHOD", "GET");

            assertThat(ProxyOptions.fromEnvironment(variables).http()).isNull();
            assertThat(ProxyOptions.fromEnvironment(Map.of("HTTP_PROXY", "http://good:1"))
                            .http())
                    .hasToString("http://good:1");
        }

        @Test
        void noProxy_isAListWithoutItsInvalidEntries() {
            ProxyOptions options = ProxyOptions.fromEnvironment(Map.of(
                    "HTTPS_PROXY", "http://proxy:1", "NO_PROXY", "localhost, 10.0.0.0/99,.example.com 127.0.0.1"));

            assertThat(options.noProxy()).containsExactly("localhost", ".example.com", "127.0.0.1");
            assertThat(options.proxyFor(SERVER)).isNull();
        }

        @Test
        void invalidVariable_isNamedWithoutItsValue() {
            assertThatThrownBy(() -> ProxyOptions.fromEnvironment(Map.of("HTTPS_PROXY", "socks5://u:hunter2@host")))
                    .isInstanceOf(IllegalArgumentException.class)
                    .hasMessage("HTTPS_PROXY: SOCKS proxies aren't supported; use the URL of an HTTP proxy");
        }
    }
}
