/** Acknowledgments, authentication and HTTP requests of Tap. */
@NullMarked
package dev.atlex.streams.internal.tap;

import org.jspecify.annotations.NullMarked;
