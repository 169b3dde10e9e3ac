/** Help beyond {@code --help}: methods and types, completion for shells, manual pages. */
@NullMarked
package dev.atlex.cli.help;

import org.jspecify.annotations.NullMarked;
