package dev.atlex.differential;

import org.jspecify.annotations.Nullable;

/** A question to which Atlex and the reference give different answers. */
record Disagreement(Case question, Verdict atlex, Verdict reference) {
    /** Of the same kind, probably. */
    String signature() {
        return "atlex: "
                + (atlex.valid()
                        ? "valid" + (atlex.cbor() == null ? " no bytes" : "")
                        : atlex.rule() + " " + general(atlex.message()))
                + " | reference: "
                + (reference.valid()
                        ? "valid" + (reference.cbor() == null ? " no bytes" : "")
                        : reference.rule() + " " + general(reference.message()))
                + (question.strict() ? "" : " | lenient") + (question.json() == null ? " cbor" : "");
    }

    private static String general(String message) {
        String cut = message.replaceAll(" at \\$.*", "")
                .replaceAll("\\d+", "N")
                .replaceAll("\"[^\"]*\"", "\"…\"")
                .replaceAll("\\[.*\\]", "[…]");
        return cut.length() > 90 ? cut.substring(0, 90) : cut;
    }

    /** The value of which Atlex complains. */
    @Nullable
    Json atlexAt() {
        Json json = question.json();
        return json == null ? null : Paths.at(json, atlex.path());
    }

    /** The value of which the reference complains. */
    @Nullable
    Json referenceAt() {
        Json json = question.json();
        return json == null ? null : Paths.at(json, reference.path());
    }

    @Override
    public String toString() {
        return question + "\n    Atlex:     " + atlex + "\n    reference: " + reference;
    }
}
