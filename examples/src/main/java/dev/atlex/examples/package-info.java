/** Runnable programs, and the Java examples of README.md and docs. */
@NullMarked
package dev.atlex.examples;

import org.jspecify.annotations.NullMarked;
