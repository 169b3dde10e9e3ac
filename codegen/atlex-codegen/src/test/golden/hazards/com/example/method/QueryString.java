// Generated from the lexicon com.example.method.queryString. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.json;

import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.generated.StringRule;
import java.util.List;

/** The query {@code com.example.method.queryString}. Call it with {@link #QUERY}. */
public final class QueryString {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryString";

    /** The query {@code com.example.method.queryString}. */
    public static final Query<Unit, Unit.Builder, String> QUERY = new Query<>(NSID, Unit.CODEC,
            json(StringRule.ANY.maxLength(5)), List.of());

    private QueryString() {}
}
