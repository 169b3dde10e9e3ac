/** What checking a value against its schema is built on. Not exported: no part of the API. */
@NullMarked
package dev.atlex.schema.internal;

import org.jspecify.annotations.NullMarked;
