package dev.atlex.data;

/** The null of the data model: a value that is present, unlike an absent key. */
public enum LexNull implements LexValue {
    NULL;

    @Override
    public Kind kind() {
        return Kind.NULL;
    }

    @Override
    public String toString() {
        return "null";
    }
}
