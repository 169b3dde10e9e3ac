/** The scripted video service. Guarded by the server's lock. */
@NullMarked
package dev.atlex.testkit.internal.video;

import org.jspecify.annotations.NullMarked;
