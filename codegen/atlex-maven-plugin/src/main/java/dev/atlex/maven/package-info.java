/** The Maven plugin. */
@NullMarked
package dev.atlex.maven;

import org.jspecify.annotations.NullMarked;
