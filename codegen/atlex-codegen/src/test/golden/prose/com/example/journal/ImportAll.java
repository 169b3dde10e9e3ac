// Generated from the lexicon com.example.journal.importAll. Do not edit.
package com.example.journal;

import static dev.atlex.schema.Output.json;

import dev.atlex.schema.BinaryProcedure;
import dev.atlex.schema.Unit;
import java.util.List;

/**
 * Copies an exported journal into the account.
 *
 * <p>The procedure {@code com.example.journal.importAll}. Call it with {@link #PROCEDURE}.
 *
 * @deprecated Use {@code com.example.journal.restore} instead.
 */
@Deprecated
@SuppressWarnings("deprecation")
public final class ImportAll {
    /** The method's NSID. */
    public static final String NSID = "com.example.journal.importAll";

    /**
     * Copies an exported journal into the account.
     *
     * <p>The procedure {@code com.example.journal.importAll}. Input: bytes of type {@code application/zip}.
     * The archive, as exported. Output: Home of the journal.
     *
     * @deprecated Use {@code com.example.journal.restore} instead.
     */
    @Deprecated
    public static final BinaryProcedure<Entry.Place> PROCEDURE = new BinaryProcedure<>(NSID,
            Unit.CODEC, "application/zip", json(Entry.Place.CODEC), List.of());

    private ImportAll() {}
}
