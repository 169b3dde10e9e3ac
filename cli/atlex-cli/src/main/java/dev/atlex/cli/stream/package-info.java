/** The command that prints event streams. */
@NullMarked
package dev.atlex.cli.stream;

import org.jspecify.annotations.NullMarked;
