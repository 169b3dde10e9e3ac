/** Commands that read whole repositories. */
@NullMarked
package dev.atlex.cli.repo;

import org.jspecify.annotations.NullMarked;
