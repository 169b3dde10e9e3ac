package dev.atlex.data;

/** A boolean in the data model. */
public enum LexBoolean implements LexValue {
    FALSE,
    TRUE;

    /** Returns the value for a boolean. */
    public static LexBoolean of(boolean value) {
        return value ? TRUE : FALSE;
    }

    /** Returns the boolean. */
    public boolean value() {
        return this == TRUE;
    }

    @Override
    public Kind kind() {
        return Kind.BOOLEAN;
    }

    @Override
    public String toString() {
        return this == TRUE ? "true" : "false";
    }
}
