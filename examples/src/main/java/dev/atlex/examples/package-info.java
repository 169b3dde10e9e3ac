/** Runnable programs, and the Java examples from README.md and the docs. */
@NullMarked
package dev.atlex.examples;

import org.jspecify.annotations.NullMarked;
