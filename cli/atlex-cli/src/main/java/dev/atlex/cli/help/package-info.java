/** Help for methods and types, shell completion, and manual pages. */
@NullMarked
package dev.atlex.cli.help;

import org.jspecify.annotations.NullMarked;
