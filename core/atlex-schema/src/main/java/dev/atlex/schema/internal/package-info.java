/** Helpers for checking values against their schemas. Not exported. */
@NullMarked
package dev.atlex.schema.internal;

import org.jspecify.annotations.NullMarked;
