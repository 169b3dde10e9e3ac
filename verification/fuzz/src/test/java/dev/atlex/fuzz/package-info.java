/**
 * Fuzz tests. As a part of the build they run with the seeds in {@code src/test/resources} only; with
 * {@code JAZZER_FUZZ=1 mvn -pl verification/fuzz -am test -Dtest=DataFuzzTest#json -Dsurefire.failIfNoSpecifiedTests=false} one of them
 * looks for new inputs.
 */
@NullMarked
package dev.atlex.fuzz;

import org.jspecify.annotations.NullMarked;
