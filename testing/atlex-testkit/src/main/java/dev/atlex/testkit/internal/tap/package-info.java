/** The outbox of a Tap. */
@NullMarked
package dev.atlex.testkit.internal.tap;

import org.jspecify.annotations.NullMarked;
