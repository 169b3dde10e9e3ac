/** Commands that sign in and out and manage stored sessions. */
@NullMarked
package dev.atlex.cli.session;

import org.jspecify.annotations.NullMarked;
