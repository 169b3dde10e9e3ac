// Generated from the lexicon com.example.method.queryJson. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.json;

import dev.atlex.data.LexValue;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import dev.atlex.schema.generated.Codecs;
import java.util.List;

/** The query {@code com.example.method.queryJson}. Call it with {@link #QUERY}. */
public final class QueryJson {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryJson";

    /** The query {@code com.example.method.queryJson}. */
    public static final Query<Unit, Unit.Builder, LexValue> QUERY = new Query<>(NSID, Unit.CODEC,
            json(Codecs.VALUE), List.of());

    private QueryJson() {}
}
