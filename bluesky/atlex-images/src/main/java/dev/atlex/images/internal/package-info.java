/** Decodes images within a memory budget, and encodes them within a size limit. */
@NullMarked
package dev.atlex.images.internal;

import org.jspecify.annotations.NullMarked;
