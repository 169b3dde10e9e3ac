/** The foundation of all commands: streams, environment, global options, redaction and failures. */
@NullMarked
package dev.atlex.cli.runtime;

import org.jspecify.annotations.NullMarked;
