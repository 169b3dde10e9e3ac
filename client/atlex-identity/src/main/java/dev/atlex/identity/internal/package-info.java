/** The guard against requests into private networks, shared with the other modules of this library. */
@NullMarked
package dev.atlex.identity.internal;

import org.jspecify.annotations.NullMarked;
