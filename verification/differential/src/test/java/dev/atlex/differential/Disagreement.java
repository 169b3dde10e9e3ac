package dev.atlex.differential;

import org.jspecify.annotations.Nullable;

/** A test case that Atlex and the reference evaluate differently. */
record Disagreement(TestCase testCase, Outcome atlex, Outcome reference) {
    /** Returns a signature that is equal for disagreements that probably have the same cause. */
    String signature() {
        return "atlex: "
                + (atlex.valid()
                        ? "valid" + (atlex.cbor() == null ? " no bytes" : "")
                        : atlex.rule() + " " + general(atlex.message()))
                + " | reference: "
                + (reference.valid()
                        ? "valid" + (reference.cbor() == null ? " no bytes" : "")
                        : reference.rule() + " " + general(reference.message()))
                + (testCase.strict() ? "" : " | lenient") + (testCase.json() == null ? " cbor" : "");
    }

    private static String general(String message) {
        String cut = message.replaceAll(" at \\$.*", "")
                .replaceAll("\\d+", "N")
                .replaceAll("\"[^\"]*\"", "\"…\"")
                .replaceAll("\\[.*\\]", "[…]");
        return cut.length() > 90 ? cut.substring(0, 90) : cut;
    }

    /** Returns the value that Atlex rejects. */
    @Nullable
    Json atlexAt() {
        Json json = testCase.json();
        return json == null ? null : Paths.at(json, atlex.path());
    }

    /** Returns the value that the reference rejects. */
    @Nullable
    Json referenceAt() {
        Json json = testCase.json();
        return json == null ? null : Paths.at(json, reference.path());
    }

    @Override
    public String toString() {
        return testCase + "\n    Atlex:     " + atlex + "\n    reference: " + reference;
    }
}
