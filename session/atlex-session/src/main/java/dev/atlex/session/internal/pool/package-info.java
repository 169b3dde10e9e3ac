/** What a pool of sessions is made of. */
@NullMarked
package dev.atlex.session.internal.pool;

import org.jspecify.annotations.NullMarked;
