package dev.atlex.identity.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostNamesTest {
    @ParameterizedTest
    @ValueSource(strings = {"bsky.social", "PDS.example.com", "xn--bcher-kva.example.org", "a-b.c1.dev"})
    void fullDomainNamesArePublic(String host) {
        assertThat(HostNames.isPublicName(host)).isTrue();
        assertThat(HostNames.isPrivate(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost",
                "a.localhost",
                "pds",
                "pds.local",
                "pds.internal",
                "pds.example",
                "a.onion",
                "localhost.",
                "127.0.0.1",
                "10.1.2.3",
                "[::1]",
                "[::ffff:10.0.0.1]",
                "[fd00::1]",
                "169.254.169.254",
                "0x7f.1",
                "127.1",
                "2130706433",
                "1.2.3.999",
                "my_pds.example.com",
                ""
            })
    void othersAreNot(String host) {
        assertThat(HostNames.isPublicName(host)).isFalse();
        assertThat(HostNames.isPrivate(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "[2606:4700::1111]"})
    void publicAddressIsNoPublicName(String host) {
        assertThat(HostNames.isPublicName(host)).isFalse();
        assertThat(HostNames.isPrivate(host)).isFalse();
    }

    @Test
    void namesForTestsAreKnownToAPrivateNetworkOnly() {
        assertThat(HostNames.isPublicName("pds.test")).isTrue();
        assertThat(HostNames.isPrivate("pds.test")).isTrue();
        assertThat(HostNames.isPrivate(null)).isTrue();
    }
}
