/** Repositories as other servers see them: CAR files and the firehose. */
@NullMarked
package dev.atlex.testkit.internal.sync;

import org.jspecify.annotations.NullMarked;
