/** Keeping requests within the limits of a server. */
@NullMarked
package dev.atlex.session.ratelimit;

import org.jspecify.annotations.NullMarked;
