package dev.atlex.differential;

import dev.atlex.data.LexDataException;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.Definition;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;

/** Generates test cases. The same seed results in the same cases. */
final class CaseGenerator {
    private static final int MAX_TEXT = 200_000;

    private final Random random;
    private final ValueGenerator values;
    private final Mutations mutations;
    private final List<String> refs;
    private final Atlex atlex;
    private int nextRef;

    CaseGenerator(Atlex atlex, Random random) {
        this.atlex = atlex;
        this.random = random;
        this.values = new ValueGenerator(atlex.documents(), random);
        this.mutations = new Mutations(values, random);
        this.refs = List.copyOf(atlex.definitions().keySet());
    }

    List<TestCase> next(int count) {
        List<TestCase> cases = new ArrayList<>();
        while (cases.size() < count) {
            int kind = random.nextInt(20);
            TestCase testCase = kind == 0 ? untyped() : kind == 1 ? cbor() : typed();
            if (testCase.bytes().length < MAX_TEXT) {
                cases.add(testCase);
            }
        }
        return cases;
    }

    private TestCase typed() {
        // Take each schema in turn, and more often those in the catalog, which has every construct.
        String ref = refs.get(nextRef++ % refs.size());
        if (random.nextInt(8) == 0) {
            List<String> examples =
                    refs.stream().filter(r -> r.startsWith("example.")).toList();
            ref = examples.isEmpty() ? ref : examples.get(random.nextInt(examples.size()));
        }
        Definition definition = atlex.definitions().get(ref);
        if (definition == null) {
            throw new IllegalStateException(ref);
        }
        return TestCase.json(ref, random.nextInt(3) > 0, mutated(values.generate(ref, definition)));
    }

    private TestCase untyped() {
        return TestCase.json("", random.nextInt(3) > 0, mutated(values.anything(4)));
    }

    private Json mutated(Json value) {
        Json mutated = value;
        int times = Math.max(0, random.nextInt(5) - 1);
        for (int i = random.nextInt(3) == 0 ? 0 : Math.min(times, 2); i > 0; i--) {
            mutated = mutations.mutate(mutated);
        }
        return mutated;
    }

    /** Encodes a value as DAG-CBOR and changes some of the bytes. */
    private TestCase cbor() {
        byte[] bytes;
        try {
            byte[] json = values.anything(3).toString().getBytes(StandardCharsets.UTF_8);
            bytes = LexValue.parseJson(json, ReadOptions.LENIENT).toCbor();
        } catch (LexDataException e) {
            bytes = new byte[] {0};
        }
        for (int i = random.nextInt(3); i > 0; i--) {
            bytes = edited(bytes);
        }
        return TestCase.cbor(random.nextBoolean(), bytes);
    }

    private byte[] edited(byte[] bytes) {
        int at = random.nextInt(bytes.length);
        byte[] edited = bytes.clone();
        switch (random.nextInt(4)) {
            case 0 -> edited[at] ^= (byte) (1 << random.nextInt(8));
            case 1 -> edited[at] = (byte) random.nextInt(256);
            case 2 -> {
                edited = new byte[bytes.length + 1];
                System.arraycopy(bytes, 0, edited, 0, at);
                edited[at] = (byte) random.nextInt(256);
                System.arraycopy(bytes, at, edited, at + 1, bytes.length - at);
            }
            default -> {
                if (bytes.length > 1) {
                    edited = new byte[bytes.length - 1];
                    System.arraycopy(bytes, 0, edited, 0, at);
                    System.arraycopy(bytes, at + 1, edited, at, bytes.length - at - 1);
                }
            }
        }
        return edited;
    }
}
