// Generated from the lexicon com.example.method.queryRef. Changes here would be lost.
package com.example.method;

import static dev.atlex.schema.Output.json;

import dev.atlex.schema.Nothing;
import dev.atlex.schema.Query;
import java.util.List;

/** The query {@code com.example.method.queryRef}. */
public final class QueryRef {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryRef";

    /** The query {@code com.example.method.queryRef}. */
    public static final Query<Nothing, Nothing.Builder, MethodDefs.Result> QUERY = new Query<>(NSID,
            Nothing.CODEC, json(MethodDefs.Result.CODEC), List.of());

    private QueryRef() {}
}
