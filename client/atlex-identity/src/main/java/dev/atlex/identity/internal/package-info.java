/** Rules about hosts that several modules share. */
@NullMarked
package dev.atlex.identity.internal;

import org.jspecify.annotations.NullMarked;
