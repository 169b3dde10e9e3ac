package dev.atlex.client.transport;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class HostLookupsTest {
    private static final long SECOND = 1_000_000_000L;

    @Test
    void nameIsRememberedForAWhileAndAddressesAlways() {
        HostLookups lookups = new HostLookups();
        assertThat(lookups.isKnown("pds.example", 0)).isFalse();

        lookups.succeeded("pds.example", 0);

        assertThat(lookups.isKnown("pds.example", 19 * SECOND)).isTrue();
        assertThat(lookups.isKnown("pds.example", 20 * SECOND)).isFalse();
        assertThat(lookups.isKnown("other.example", 0)).isFalse();
        assertThat(lookups.isKnown("127.0.0.1", 0)).isTrue();
        assertThat(lookups.isKnown("[::1]", 0)).isTrue();
    }

    @Test
    void numberOfRememberedHostsIsBounded() {
        HostLookups lookups = new HostLookups();
        lookups.succeeded("first.example", 0);
        for (int i = 0; i < 2000; i++) {
            lookups.succeeded("h" + i + ".example", 0);
        }
        assertThat(lookups.isKnown("first.example", 0)).isFalse();
        assertThat(lookups.isKnown("h1999.example", 0)).isTrue();
    }
}
