package dev.atlex.testkit.internal.lexicon;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.RecordDef;

/** Validates records and their keys against the {@link BundledLexicons}. */
public final class BundledRecords {
    private static final String LITERAL = "literal:";

    private BundledRecords() {}

    /**
     * Checks a record before it is written.
     *
     * @return whether the type of the record is known
     * @throws InvalidRecordException if the record or its key is invalid
     */
    public static boolean validate(String collection, String recordKey, LexMap record) {
        Definition definition = BundledLexicons.resolve(collection);
        if (!(definition instanceof RecordDef type)) {
            return false;
        }
        checkKey(collection, type.key(), recordKey);
        try {
            SchemaCheck.check(type, record, "");
        } catch (InvalidValueException e) {
            throw InvalidRecordException.of(collection, e);
        }
        return true;
    }

    private static void checkKey(String collection, String kind, String key) {
        String shown = LexValue.of(key).toJson();
        if (kind.startsWith(LITERAL)) {
            String literal = kind.substring(LITERAL.length());
            if (!key.equals(literal)) {
                throw InvalidRecordException.ofKey(
                        collection, "Expected " + LexValue.of(literal).toJson() + " (got " + shown + ")");
            }
            return;
        }
        StringFormat format = StringFormat.of(kind.equals("any") ? "record-key" : kind);
        if (!format.matches(key)) {
            throw InvalidRecordException.ofKey(collection, "Invalid " + format.label() + " (got " + shown + ")");
        }
    }
}
