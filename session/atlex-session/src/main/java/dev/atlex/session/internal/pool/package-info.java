/** The engine of the account pool. Not part of the API: may change at any time. */
@NullMarked
package dev.atlex.session.internal.pool;

import org.jspecify.annotations.NullMarked;
