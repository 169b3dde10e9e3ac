/** Helpers that the internal packages share. Not part of the API: may change at any time. */
@NullMarked
package dev.atlex.session.internal;

import org.jspecify.annotations.NullMarked;
