// Generated from the lexicon com.example.method.doJson. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.json;

import dev.atlex.data.LexValue;
import dev.atlex.schema.Unit;
import dev.atlex.schema.ValueProcedure;
import dev.atlex.schema.generated.Codecs;
import java.util.List;

/** The procedure {@code com.example.method.doJson}. Call it with {@link #PROCEDURE}. */
public final class DoJson {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.doJson";

    /** The procedure {@code com.example.method.doJson}. */
    public static final ValueProcedure<LexValue, LexValue> PROCEDURE = new ValueProcedure<>(NSID,
            Unit.CODEC, Codecs.VALUE, json(Codecs.VALUE), List.of());

    private DoJson() {}
}
