// Generated from the lexicon com.example.method.queryBinary. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.binary;

import dev.atlex.data.Bytes;
import dev.atlex.schema.Query;
import dev.atlex.schema.Unit;
import java.util.List;

/** The query {@code com.example.method.queryBinary}. Call it with {@link #QUERY}. */
public final class QueryBinary {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.queryBinary";

    /**
     * The query {@code com.example.method.queryBinary}. Output: bytes of type
     * {@code application/vnd.ipld.car}.
     */
    public static final Query<Unit, Unit.Builder, Bytes> QUERY = new Query<>(NSID, Unit.CODEC,
            binary("application/vnd.ipld.car"), List.of());

    private QueryBinary() {}
}
