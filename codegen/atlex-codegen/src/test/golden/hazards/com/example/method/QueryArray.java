// Generated from the lexicon com.example.method.queryArray. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.json;

import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.generated.ListRule;
import dev.atlex.schema.generated.StringRule;
import java.util.List;

/** The query {@code com.example.method.queryArray}. Call it with {@link #QUERY}. */
public final class QueryArray {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryArray";

    /** The query {@code com.example.method.queryArray}. */
    public static final Query<Unit, Unit.Builder, List<String>> QUERY = new Query<>(NSID,
            Unit.CODEC, json(ListRule.ANY.maxLength(2).of(StringRule.ANY.maxLength(5))), List.of());

    private QueryArray() {}
}
