/** Encryption of stored values. Not part of the API: may change at any time. */
@NullMarked
package dev.atlex.session.internal.crypto;

import org.jspecify.annotations.NullMarked;
