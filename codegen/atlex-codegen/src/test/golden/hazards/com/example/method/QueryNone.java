// Generated from the lexicon com.example.method.queryNone. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.none;

import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import java.util.List;

/** The query {@code com.example.method.queryNone}. Call it with {@link #QUERY}. */
public final class QueryNone {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryNone";

    /** The query {@code com.example.method.queryNone}. */
    public static final Query<Unit, Unit.Builder, Unit> QUERY = new Query<>(NSID, Unit.CODEC,
            none(), List.of());

    private QueryNone() {}
}
