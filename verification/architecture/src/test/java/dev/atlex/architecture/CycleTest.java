package dev.atlex.architecture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * Tests that class dependencies between packages are acyclic. Classes that depend on each other are in one package, so that
 * each package can be understood, tested and moved without its callers.
 */
class CycleTest {
    private static final ClassGraph GRAPH = ClassGraph.of(Modules.all().values());

    @Test
    void noCycleOfClassesSpansTwoPackages() {
        assertThat(GRAPH.cycles())
                .filteredOn(cycle -> packages(cycle).size() > 1)
                .isEmpty();
    }

    /** Facades wire the internal classes together. Internal classes must not depend on them in turn. */
    @Test
    void internalSessionClassesUseNoFacade() {
        Set<String> facades = Set.of(
                "dev.atlex.session.PasswordSession",
                "dev.atlex.session.pool.AccountPool",
                "dev.atlex.session.store.FileSessionStore",
                "dev.atlex.client.Client");
        GRAPH.uses().forEach((from, used) -> {
            if (from.startsWith("dev.atlex.session.internal.")) {
                assertThat(used).as("classes that %s uses", from).doesNotContainAnyElementsOf(facades);
            }
        });
    }

    @Test
    void allModulesAreRead() {
        assertThat(Modules.all()).hasSize(24);
        assertThat(GRAPH.uses()).hasSizeGreaterThan(400);
        assertThat(GRAPH.uses().get("dev.atlex.client.Client")).contains("dev.atlex.data.Cid");
    }

    @Test
    void cyclesAreFound() {
        ClassGraph graph = new ClassGraph();
        graph.add("a.One", "b.Two");
        graph.add("b.Two", "b.Three");
        graph.add("b.Three", "a.One");
        graph.add("b.Three", "c.Four");
        graph.add("c.Four", "c.Five");
        assertThat(graph.cycles()).isEqualTo(List.of(Set.of("a.One", "b.Two", "b.Three")));
        assertThat(packages(graph.cycles().get(0))).containsExactly("a", "b");
    }

    private static Set<String> packages(Set<String> classes) {
        Set<String> packages = new TreeSet<>();
        classes.forEach(name -> packages.add(ClassGraph.packageOf(name)));
        return packages;
    }
}
