/** Helpers that the internal packages share. This package isn't part of the API and may change at any time. */
@NullMarked
package dev.atlex.session.internal;

import org.jspecify.annotations.NullMarked;
