package dev.atlex.data;

/** The kinds of values in the data model. */
public enum Kind {
    NULL("null"),
    BOOLEAN("boolean"),
    INTEGER("integer"),
    /**
     * A number that isn't an integer. Not part of the data model: only lenient reading accepts it, and it can't be
     * written as DAG-CBOR.
     */
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

    /** Returns the name with its article, for use in a sentence: {@code an object}. */
    String withArticle() {
        return switch (this) {
            case NULL, BYTES -> label;
            case INTEGER, ARRAY, MAP -> "an " + label;
            default -> "a " + label;
        };
    }

    /** Returns the name in the Lexicon specification, such as {@code cid-link}. */
    @Override
    public String toString() {
        return label;
    }
}
