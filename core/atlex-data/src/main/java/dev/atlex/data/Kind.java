package dev.atlex.data;

/** The kinds of values in the data model. */
public enum Kind {
    NULL("null"),
    BOOLEAN("boolean"),
    INTEGER("integer"),
    /** Not part of the data model: read only leniently, never written to CBOR. */
    FLOAT("float"),
    STRING("string"),
    BYTES("bytes"),
    LINK("cid-link"),
    ARRAY("array"),
    MAP("object");

    private final String label;

    Kind(String label) {
        this.label = label;
    }

    /** As the Lexicon specification calls it. */
    @Override
    public String toString() {
        return label;
    }
}
