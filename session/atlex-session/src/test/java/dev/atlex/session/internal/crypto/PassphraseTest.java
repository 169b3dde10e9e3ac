package dev.atlex.session.internal.crypto;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PassphraseTest {
    @Test
    void keyIsMadeOncePerSalt() {
        Passphrase passphrase = new Passphrase("right".toCharArray());
        byte[] salt = new byte[32];
        byte[] other = new byte[32];
        other[0] = 1;

        assertThat(passphrase.key(salt, 10)).isSameAs(passphrase.key(salt.clone(), 10));
        assertThat(passphrase.key(other, 10)).isNotEqualTo(passphrase.key(salt, 10));
        assertThat(passphrase.key(salt, 11)).isNotEqualTo(passphrase.key(salt, 10));
    }
}
