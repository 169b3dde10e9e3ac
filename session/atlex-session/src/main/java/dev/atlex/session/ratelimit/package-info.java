/** Keeps requests within the rate limits of servers. */
@NullMarked
package dev.atlex.session.ratelimit;

import org.jspecify.annotations.NullMarked;
