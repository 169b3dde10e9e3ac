/**
 * Fuzz tests. The build runs them with the seeds in {@code src/test/resources} only. To search for new inputs with one of
 * them: {@code JAZZER_FUZZ=1 mvn -pl verification/fuzz -am test -Dtest=DataFuzzTest#json
 * -Dsurefire.failIfNoSpecifiedTests=false}.
 */
@NullMarked
package dev.atlex.fuzz;

import org.jspecify.annotations.NullMarked;
