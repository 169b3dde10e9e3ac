// Generated from the lexicon com.example.method.doNothing. Do not edit.
package com.example.method;

import static dev.atlex.schema.Output.none;

import dev.atlex.schema.Procedure;
import dev.atlex.schema.Unit;
import java.util.List;

/** The procedure {@code com.example.method.doNothing}. Call it with {@link #PROCEDURE}. */
public final class DoNothing {
    /** The method's NSID. */
    public static final String NSID = "com.example.method.doNothing";

    /** The procedure {@code com.example.method.doNothing}. */
    public static final Procedure<Unit, Unit.Builder, Unit> PROCEDURE = new Procedure<>(NSID,
            Unit.CODEC, Unit.CODEC, none(), List.of());

    private DoNothing() {}
}
