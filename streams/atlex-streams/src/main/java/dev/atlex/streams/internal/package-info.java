/** Helpers that more than one package of the module uses. */
@NullMarked
package dev.atlex.streams.internal;

import org.jspecify.annotations.NullMarked;
