// Generated from the lexicon com.example.method.doRef. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.json;

import com.example.hazard.Post;
import dev.atlex.schema.Procedure;
import dev.atlex.schema.Unit;
import java.util.List;

/** The procedure {@code com.example.method.doRef}. Call it with {@link #PROCEDURE}. */
public final class DoRef {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.doRef";

    /** The procedure {@code com.example.method.doRef}. */
    public static final Procedure<MethodDefs.Result, MethodDefs.Result.Builder, Post> PROCEDURE = new Procedure<>(NSID,
            Unit.CODEC, MethodDefs.Result.CODEC, json(Post.CODEC), List.of());

    private DoRef() {}
}
