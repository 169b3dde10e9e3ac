// Generated from the lexicon com.example.method.queryRef. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.json;

import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import java.util.List;

/** The query {@code com.example.method.queryRef}. Call it with {@link #QUERY}. */
public final class QueryRef {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryRef";

    /** The query {@code com.example.method.queryRef}. */
    public static final Query<Unit, Unit.Builder, MethodDefs.Result> QUERY = new Query<>(NSID,
            Unit.CODEC, json(MethodDefs.Result.CODEC), List.of());

    private QueryRef() {}
}
