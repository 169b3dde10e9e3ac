/** Session stores: in memory, in a folder, and the interface for others. */
@NullMarked
package dev.atlex.session.store;

import org.jspecify.annotations.NullMarked;
