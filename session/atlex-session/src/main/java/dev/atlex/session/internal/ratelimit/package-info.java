/** The engine of the rate limiter. This package isn't part of the API and may change at any time. */
@NullMarked
package dev.atlex.session.internal.ratelimit;

import org.jspecify.annotations.NullMarked;
