/** Commands that read public data of any account, without signing in. */
@NullMarked
package dev.atlex.cli.record;

import org.jspecify.annotations.NullMarked;
