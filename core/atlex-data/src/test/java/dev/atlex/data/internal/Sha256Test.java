package dev.atlex.data.internal;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class Sha256Test {
    /** The example in FIPS 180-4. */
    @Test
    void hex_abc_matchesExampleInStandard() {
        assertThat(Sha256.hex("abc")).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
        assertThat(Sha256.hash(new byte[0])).hasSize(Sha256.SIZE);
    }
}
