package dev.atlex.differential;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Compares Atlex with the TypeScript packages on generated values. {@code -Datlex.differential.count=200000} compares
 * more values, and {@code -Datlex.differential.seed=…} other ones.
 */
@Tag("reference")
class DifferentialTest {
    private static final int CHUNK = 400;
    private static final int MAX_REPORTED = 25;

    private static Atlex atlex;
    private static Reference reference;

    @BeforeAll
    static void start() throws Exception {
        Path root = Path.of(System.getProperty("basedir", ""))
                .toAbsolutePath()
                .resolve("../..")
                .normalize();
        Path catalog = root.resolve("core/atlex-schema/src/test/resources/interop/lexicon/catalog");
        List<LexiconDocument> documents = new ArrayList<>(
                LexiconDocuments.load(root.resolve("lexicons/documents")).all());
        assertThat(documents).hasSize(387);
        documents.addAll(LexiconDocuments.load(catalog).all());
        atlex = new Atlex(LexiconDocuments.of(documents));
        reference = Reference.start(root, catalog);
    }

    @AfterAll
    static void stop() {
        if (reference != null) {
            reference.close();
        }
    }

    @Test
    void generatedValues_haveSameResultBytesAndCid() throws InterruptedException {
        int count = Integer.getInteger("atlex.differential.count", 10_000);
        long seed = Long.getLong("atlex.differential.seed", 20261101);
        CaseGenerator generator = new CaseGenerator(atlex, new Random(seed));
        Map<String, Integer> known = new TreeMap<>();
        Map<String, List<Disagreement>> unknown = new LinkedHashMap<>();
        int valid = 0;
        for (int done = 0; done < count; ) {
            List<TestCase> cases = generator.next(Math.min(CHUNK, count - done));
            reference.submit(cases);
            List<Outcome> ours = new ArrayList<>();
            for (TestCase one : cases) {
                ours.add(atlex.evaluate(one));
            }
            List<Outcome> theirs = reference.results(cases.size());
            for (int i = 0; i < cases.size(); i++) {
                valid += ours.get(i).valid() ? 1 : 0;
                if (!ours.get(i).agreesWith(theirs.get(i))) {
                    Disagreement disagreement = new Disagreement(cases.get(i), ours.get(i), theirs.get(i));
                    KnownDifferences.Known row = KnownDifferences.find(disagreement);
                    if (row != null) {
                        known.merge(row.name(), 1, Integer::sum);
                    } else {
                        unknown.computeIfAbsent(disagreement.signature(), s -> new ArrayList<>())
                                .add(disagreement);
                    }
                }
            }
            done += cases.size();
        }
        System.out.printf(
                "seed %d: %,d values of %,d schemas (%,d with a generated class), %,d valid; known differences: %s%n",
                seed, count, atlex.definitions().size(), atlex.generatedCount(), valid, known);
        assertThat(valid)
                .as("the number of valid values, so that both outcomes are tested")
                .isBetween(count / 10, count * 9 / 10);
        if (!unknown.isEmpty()) {
            throw new AssertionError(report(unknown));
        }
    }

    private static String report(Map<String, List<Disagreement>> unknown) throws InterruptedException {
        StringBuilder report = new StringBuilder("Unknown disagreements of " + unknown.size() + " kinds");
        int reported = 0;
        for (Map.Entry<String, List<Disagreement>> kind : unknown.entrySet()) {
            report.append("\n\n").append(kind.getValue().size()).append(" × ").append(kind.getKey());
            if (reported++ < MAX_REPORTED) {
                report.append("\n  ").append(minimized(kind.getValue().get(0)));
            }
        }
        return report.toString();
    }

    /** Removes parts of the value for as long as the same unknown disagreement remains. */
    private static Disagreement minimized(Disagreement found) throws InterruptedException {
        Disagreement smallest = found;
        boolean shrunk = found.testCase().json() != null;
        while (shrunk) {
            shrunk = false;
            for (Json smaller : Shrinker.of(smallest.testCase().json())) {
                TestCase testCase =
                        TestCase.json(found.testCase().ref(), found.testCase().strict(), smaller);
                Disagreement candidate =
                        new Disagreement(testCase, atlex.evaluate(testCase), reference.evaluate(testCase));
                if (!candidate.atlex().agreesWith(candidate.reference())
                        && KnownDifferences.find(candidate) == null
                        && candidate.signature().equals(found.signature())) {
                    smallest = candidate;
                    shrunk = true;
                    break;
                }
            }
        }
        return smallest;
    }
}
