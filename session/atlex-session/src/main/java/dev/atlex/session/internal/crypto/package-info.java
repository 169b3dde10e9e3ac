/** Encryption of stored values. This package isn't part of the API and may change at any time. */
@NullMarked
package dev.atlex.session.internal.crypto;

import org.jspecify.annotations.NullMarked;
