/** The {@code pds} command: a test server. */
@NullMarked
package dev.atlex.cli.pds;

import org.jspecify.annotations.NullMarked;
