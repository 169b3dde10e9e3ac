/** Stores that keep sessions in memory or in a folder, and the interface for other stores. */
@NullMarked
package dev.atlex.session.store;

import org.jspecify.annotations.NullMarked;
