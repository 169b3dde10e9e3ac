// Generated from the lexicon com.example.method.doRecord. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.none;

import com.example.hazard.Post;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Unit;
import java.util.List;

/** The procedure {@code com.example.method.doRecord}. Call it with {@link #PROCEDURE}. */
public final class DoRecord {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.doRecord";

    /** The procedure {@code com.example.method.doRecord}. */
    public static final Procedure<Post, Post.Builder, Unit> PROCEDURE = new Procedure<>(NSID,
            Unit.CODEC, Post.CODEC, none(), List.of());

    private DoRecord() {}
}
