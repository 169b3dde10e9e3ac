/** Tests for the structure of all modules. */
@NullMarked
package dev.atlex.architecture;

import org.jspecify.annotations.NullMarked;
