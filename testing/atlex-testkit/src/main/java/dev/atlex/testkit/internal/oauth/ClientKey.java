package dev.atlex.testkit.internal.oauth;

import dev.atlex.crypto.P256PublicKey;

/** A public key in a client's metadata. */
record ClientKey(String kid, P256PublicKey key) {}
