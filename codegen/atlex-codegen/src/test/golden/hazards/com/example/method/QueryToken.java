// Generated from the lexicon com.example.method.queryToken. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.json;

import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.generated.StringRule;
import java.util.List;

/** The query {@code com.example.method.queryToken}. Call it with {@link #QUERY}. */
public final class QueryToken {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryToken";

    /** The query {@code com.example.method.queryToken}. */
    public static final Query<Unit, Unit.Builder, String> QUERY = new Query<>(NSID, Unit.CODEC,
            json(StringRule.ANY.oneOf("com.example.method.defs#stop")), List.of());

    private QueryToken() {}
}
