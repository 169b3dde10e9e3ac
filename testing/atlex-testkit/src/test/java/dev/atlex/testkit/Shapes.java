package dev.atlex.testkit;

import dev.atlex.data.LexMap;
import dev.atlex.schema.document.Definition;
import dev.atlex.testkit.internal.lexicon.BundledLexicons;
import dev.atlex.testkit.internal.lexicon.SchemaCheck;

/** Checks responses against the Lexicon documents. */
final class Shapes {
    private Shapes() {}

    /** Returns the response, which must match the method's output. */
    static LexMap output(String nsid, LexMap response) {
        Definition method = BundledLexicons.resolve(nsid);
        Definition.Body body = method instanceof Definition.QueryDef query
                ? query.output()
                : ((Definition.ProcedureDef) method).output();
        SchemaCheck.check(body.schema(), response, "");
        return response;
    }
}
