// Generated from the lexicon com.example.method.queryNone. Changes here would be lost.
package com.example.method;

import static dev.atlex.schema.Output.none;

import dev.atlex.schema.Nothing;
import dev.atlex.schema.Query;
import java.util.List;

/** The query {@code com.example.method.queryNone}. */
public final class QueryNone {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryNone";

    /** The query {@code com.example.method.queryNone}. */
    public static final Query<Nothing, Nothing.Builder, Nothing> QUERY = new Query<>(NSID,
            Nothing.CODEC, none(), List.of());

    private QueryNone() {}
}
