/** What a governor counts: the limits of servers, and what is used of them. */
@NullMarked
package dev.atlex.session.internal.rate;

import org.jspecify.annotations.NullMarked;
