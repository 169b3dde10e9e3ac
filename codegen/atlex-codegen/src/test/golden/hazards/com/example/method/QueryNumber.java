// Generated from the lexicon com.example.method.queryNumber. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.json;

import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.generated.IntegerRule;
import java.util.List;

/** The query {@code com.example.method.queryNumber}. Call it with {@link #QUERY}. */
public final class QueryNumber {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryNumber";

    /** The query {@code com.example.method.queryNumber}. */
    public static final Query<Unit, Unit.Builder, Long> QUERY = new Query<>(NSID, Unit.CODEC,
            json(IntegerRule.ANY.minimum(0L)), List.of());

    private QueryNumber() {}
}
