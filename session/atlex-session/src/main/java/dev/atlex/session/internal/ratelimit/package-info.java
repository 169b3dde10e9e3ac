/** The engine of the rate limiter. Not part of the API: may change at any time. */
@NullMarked
package dev.atlex.session.internal.ratelimit;

import org.jspecify.annotations.NullMarked;
