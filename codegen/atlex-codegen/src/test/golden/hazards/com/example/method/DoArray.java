// Generated from the lexicon com.example.method.doArray. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.none;

import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.StringRule;
import java.util.List;

/** The procedure {@code com.example.method.doArray}. Call it with {@link #PROCEDURE}. */
public final class DoArray {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.doArray";

    /** The procedure {@code com.example.method.doArray}. */
    public static final ValueProcedure<List<String>, Unit> PROCEDURE = new ValueProcedure<>(NSID,
            Unit.CODEC, ListRule.ANY.maxLength(2).of(StringRule.ANY.maxLength(5)), none(),
            List.of());

    private DoArray() {}
}
