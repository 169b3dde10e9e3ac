/** Implements {@link dev.atlex.testkit.LocalPds}. Not public API. */
@NullMarked
package dev.atlex.testkit.internal;

import org.jspecify.annotations.NullMarked;
