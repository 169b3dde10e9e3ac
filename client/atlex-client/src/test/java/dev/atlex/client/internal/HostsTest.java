package dev.atlex.client.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HostsTest {
    @ParameterizedTest
    @ValueSource(strings = {"bsky.social", "PDS.example.com", "xn--bcher-kva.example.org", "a-b.c1.dev"})
    void fullDomainNamesArePublic(String host) {
        assertThat(Hosts.isPublicName(host)).isTrue();
        assertThat(Hosts.isPrivate(host)).isFalse();
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
    void otherNamesAreNotPublic(String host) {
        assertThat(Hosts.isPublicName(host)).isFalse();
        assertThat(Hosts.isPrivate(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"8.8.8.8", "[2606:4700::1111]"})
    void publicAddressIsNotAPublicName(String host) {
        assertThat(Hosts.isPublicName(host)).isFalse();
        assertThat(Hosts.isPrivate(host)).isFalse();
    }

    @Test
    void testNamesExistInPrivateNetworksOnly() {
        assertThat(Hosts.isPublicName("pds.test")).isTrue();
        assertThat(Hosts.isPrivate("pds.test")).isTrue();
        assertThat(Hosts.isPrivate(null)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "localhost.",
                "a.LOCALHOST",
                "printer",
                "db.internal",
                "127.0.0.1",
                "10.0.0.1.",
                "[::1]",
                "1.2.3.999"
            })
    void localHostsAreLocal(String host) {
        assertThat(Hosts.isLocal(host)).isTrue();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"pds.example.com", "pds.example.com.", "pds.test", "a.onion", "8.8.8.8", "[2606:4700::1111]"})
    void otherHostsAreNotLocal(String host) {
        assertThat(Hosts.isLocal(host)).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"192.0.2.1", "198.51.100.7", "203.0.113.9", "[2001:db8::1]", "[3fff::1]", "[64:ff9b::808:808]"})
    void documentationAndNat64LiteralsAreLocal(String host) {
        assertThat(Hosts.isLocal(host)).isTrue();
        assertThat(Hosts.isPrivate(host)).isTrue();
    }
}
