// Generated from the lexicon com.example.method.queryJson. Changes here would be lost.
package com.example.method;

import static dev.atlex.schema.Output.json;

import dev.atlex.data.LexValue;
import dev.atlex.schema.Codecs;
import dev.atlex.schema.Nothing;
import dev.atlex.schema.Query;
import java.util.List;

/** The query {@code com.example.method.queryJson}. */
public final class QueryJson {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryJson";

    /** The query {@code com.example.method.queryJson}. */
    public static final Query<Nothing, Nothing.Builder, LexValue> QUERY = new Query<>(NSID,
            Nothing.CODEC, json(Codecs.VALUE), List.of());

    private QueryJson() {}
}
