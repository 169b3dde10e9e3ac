/** Parts of streams that aren't specific to a subpackage. */
@NullMarked
package dev.atlex.streams.internal;

import org.jspecify.annotations.NullMarked;
