/** Helpers for checking values against their schemas. Exported only to the project's own modules; not public API. */
@NullMarked
package dev.atlex.schema.internal;

import org.jspecify.annotations.NullMarked;
