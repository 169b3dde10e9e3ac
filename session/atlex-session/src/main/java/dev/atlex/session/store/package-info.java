/** Where sessions are stored: the contract, and stores in memory and in a folder. */
@NullMarked
package dev.atlex.session.store;

import org.jspecify.annotations.NullMarked;
