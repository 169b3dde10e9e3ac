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

/** {@code -Datlex.differential.count=200000} asks more, {@code -Datlex.differential.seed=…} something else. */
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
        Path catalogue = root.resolve("core/atlex-schema/src/test/resources/interop/lexicon/catalog");
        List<LexiconDocument> documents = new ArrayList<>(
                LexiconDocuments.load(root.resolve("lexicons/documents")).all());
        assertThat(documents).hasSize(387);
        documents.addAll(LexiconDocuments.load(catalogue).all());
        atlex = new Atlex(LexiconDocuments.of(documents));
        reference = Reference.start(root, catalogue);
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
        Questions questions = new Questions(atlex, new Random(seed));
        Map<String, Integer> known = new TreeMap<>();
        Map<String, List<Disagreement>> unknown = new LinkedHashMap<>();
        int valid = 0;
        for (int done = 0; done < count; ) {
            List<Case> cases = questions.next(Math.min(CHUNK, count - done));
            reference.ask(cases);
            List<Verdict> ours = new ArrayList<>();
            for (Case one : cases) {
                ours.add(atlex.ask(one));
            }
            List<Verdict> theirs = reference.answers(cases.size());
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
                "%,d values of %,d schemas (%,d with a generated class), %,d valid; known differences: %s%n",
                count, atlex.definitions().size(), atlex.generatedCount(), valid, known);
        assertThat(valid).as("valid ones, so that both sides are tried").isBetween(count / 10, count * 9 / 10);
        if (!unknown.isEmpty()) {
            throw new AssertionError(report(unknown));
        }
    }

    private static String report(Map<String, List<Disagreement>> unknown) throws InterruptedException {
        StringBuilder report = new StringBuilder("Disagreements of " + unknown.size() + " kinds");
        int reported = 0;
        for (Map.Entry<String, List<Disagreement>> kind : unknown.entrySet()) {
            report.append("\n\n").append(kind.getValue().size()).append(" × ").append(kind.getKey());
            if (reported++ < MAX_REPORTED) {
                report.append("\n  ").append(minimised(kind.getValue().get(0)));
            }
        }
        return report.toString();
    }

    /** The smallest value found that still disagrees in an unknown way, by leaving out what can be left out. */
    private static Disagreement minimised(Disagreement found) throws InterruptedException {
        Disagreement smallest = found;
        boolean shrunk = found.question().json() != null;
        while (shrunk) {
            shrunk = false;
            for (Json smaller : Smaller.of(smallest.question().json())) {
                Case question =
                        Case.json(found.question().ref(), found.question().strict(), smaller);
                Disagreement candidate = new Disagreement(question, atlex.ask(question), reference.answer(question));
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
