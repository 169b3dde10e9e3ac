/** The sessions of many accounts. */
@NullMarked
package dev.atlex.session.pool;

import org.jspecify.annotations.NullMarked;
