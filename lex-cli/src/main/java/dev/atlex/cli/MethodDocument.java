package dev.atlex.cli;

import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.MethodError;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.syntax.Nsid;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A method by its document.
 *
 * @param parameters null where it has none
 * @param input null where it has none
 * @param output null where it has none
 */
record MethodDocument(
        String nsid,
        boolean query,
        @Nullable ObjectDef parameters,
        @Nullable Body input,
        @Nullable Body output,
        List<String> errors) {
    /**
     * Finds a method among the documents that come with the program.
     *
     * @throws Failure if there is none, or it can't be called
     */
    static MethodDocument find(String nsid) {
        if (!Nsid.isValid(nsid)) {
            throw Failure.input("not an NSID: " + nsid);
        }
        LexiconDocument document = read(nsid);
        Definition main = document == null ? null : document.def("main");
        if (main instanceof QueryDef query) {
            return new MethodDocument(nsid, true, query.parameters(), null, query.output(), names(query.errors()));
        } else if (main instanceof ProcedureDef procedure) {
            return new MethodDocument(
                    nsid,
                    false,
                    procedure.parameters(),
                    procedure.input(),
                    procedure.output(),
                    names(procedure.errors()));
        } else if (document == null) {
            throw Failure.input("no method " + nsid + " is known");
        }
        throw Failure.input(nsid + (main instanceof Definition.SubscriptionDef ? " is a subscription" : " is no method")
                + " and can't be called");
    }

    private static @Nullable LexiconDocument read(String nsid) {
        String name = "lexicons/" + nsid.replace('.', '/') + ".json";
        try (InputStream in = MethodDocument.class.getResourceAsStream(name)) {
            return in == null ? null : LexiconDocument.parse(in.readAllBytes());
        } catch (IOException e) {
            throw Failure.storage("can't read " + name + " of the program", e);
        }
    }

    private static List<String> names(List<MethodError> errors) {
        List<String> names = new ArrayList<>();
        for (MethodError error : errors) {
            names.add(error.name());
        }
        return names;
    }
}
