/** How the {@link dev.atlex.testkit.LocalPds} works; not for use from outside. */
@NullMarked
package dev.atlex.testkit.internal;

import org.jspecify.annotations.NullMarked;
