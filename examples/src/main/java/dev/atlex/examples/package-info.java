/** Programs to read and run. */
@NullMarked
package dev.atlex.examples;

import org.jspecify.annotations.NullMarked;
