/** The engine of the account pool. This package isn't part of the API and may change at any time. */
@NullMarked
package dev.atlex.session.internal.pool;

import org.jspecify.annotations.NullMarked;
