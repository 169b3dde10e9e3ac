package dev.atlex.codegen.internal;

import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.Definition.TokenDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.LexiconProblem;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Finds the problems in a document before anything is generated. The generator can still handle unresolved references:
 * it treats them as values of any type.
 */
public final class DocumentChecker {
    /** The maximum length of a definition's name, which becomes a Java constant of at most 65,535 bytes. */
    private static final int MAX_NAME = 20_000;

    private final Schemas schemas;
    private final LexiconFiles.Source source;
    private final List<LexiconProblem> problems = new ArrayList<>();
    private final Map<LexiconProblem, LexiconProblem> consequences = new LinkedHashMap<>();

    /** The array references that are being followed. An array that directly contains itself would never end. */
    private final Set<String> arrays = new LinkedHashSet<>();

    private boolean unusable;

    /** Checks the document. */
    public DocumentChecker(Schemas schemas, LexiconFiles.Source source) {
        this.schemas = schemas;
        this.source = source;
        if (schemas.names().isTooDeep(source.nsid())) {
            unusable(source.nsid(), "objects are nested too deeply for Java class names");
        } else if (source.document().defs().keySet().stream().anyMatch(name -> name.length() > MAX_NAME)) {
            unusable(source.nsid(), "the name of a definition has more than " + MAX_NAME + " characters");
        } else {
            source.document().defs().forEach(this::definition);
        }
    }

    /** Returns the problems in document order. */
    public List<LexiconProblem> problems() {
        return problems;
    }

    /** Returns a problem for each reference to an invalid document, mapped to that document's own problem. */
    public Map<LexiconProblem, LexiconProblem> consequences() {
        return consequences;
    }

    /** Returns whether the document can't be generated at all, even if its unresolved references accept any value. */
    public boolean isUnusable() {
        return unusable;
    }

    private void definition(String name, Definition definition) {
        String where = name.equals("main") ? source.nsid() : source.nsid() + '#' + name;
        if (definition instanceof RecordDef record) {
            object(record.record(), where);
        } else if (definition instanceof QueryDef query) {
            parameters(query.parameters(), where);
            body(query.output(), where + " output");
        } else if (definition instanceof ProcedureDef procedure) {
            parameters(procedure.parameters(), where);
            body(procedure.input(), where + " input");
            body(procedure.output(), where + " output");
        } else if (definition instanceof SubscriptionDef subscription) {
            parameters(subscription.parameters(), where);
            if (subscription.message() != null) {
                value(subscription.message(), where + " message");
            }
        } else {
            topLevel(definition, where);
        }
    }

    private void parameters(@Nullable ObjectDef parameters, String where) {
        if (parameters != null) {
            object(parameters, where + " parameters");
        }
    }

    private void body(@Nullable Body body, String where) {
        if (body != null && body.schema() != null) {
            value(body.schema(), where);
        }
    }

    /** Checks a top-level definition, but not references in arrays, which are checked where the array is used. */
    private void topLevel(Definition definition, String where) {
        if (definition instanceof ArrayDef array) {
            topLevel(array.items(), where + "[]");
        } else if (!(definition instanceof RefDef)) {
            value(definition, where);
        }
    }

    private void value(Definition definition, String where) {
        if (definition instanceof ArrayDef array) {
            value(array.items(), where + "[]");
        } else if (definition instanceof ObjectDef object) {
            object(object, where);
        } else if (definition instanceof UnionDef union) {
            union.refs().forEach(ref -> variant(ref, where));
        } else if (definition instanceof RefDef ref) {
            reference(ref.ref(), where);
        }
    }

    private void object(ObjectDef object, String where) {
        object.properties().forEach((name, definition) -> {
            String at = where + '.' + name;
            if (name.isEmpty()) {
                unusable(where, "a property has an empty name");
            } else if (name.startsWith("$")) {
                unusable(at, "names that begin with \"$\" are reserved for the protocol");
            }
            value(definition, at);
        });
    }

    private void variant(String ref, String where) {
        Definition target = schemas.resolve(ref);
        if (target == null) {
            missing(ref, where);
        } else if (!(target instanceof ObjectDef || target instanceof RecordDef || target instanceof TokenDef)) {
            problem(where, '"' + ref + "\" is not an object, so it can't be in a union");
        }
    }

    private void reference(String ref, String where) {
        Definition target = schemas.resolve(ref);
        if (target == null) {
            missing(ref, where);
        } else if (!Schemas.isValue(target)) {
            problem(where, '"' + ref + "\" does not define values, so it can't be referenced");
        } else if (target instanceof ArrayDef array) {
            if (arrays.add(ref)) {
                items(array, where);
                arrays.remove(ref);
            } else {
                problem(where, "the array \"" + ref + "\" contains itself");
            }
        }
    }

    /**
     * Checks the references in a referenced array. Objects and unions in it are checked with the array's own document.
     */
    private void items(ArrayDef array, String where) {
        String at = where + "[]";
        if (array.items() instanceof ArrayDef inner) {
            items(inner, at);
        } else if (array.items() instanceof RefDef ref) {
            reference(ref.ref(), at);
        }
    }

    private void missing(String ref, String where) {
        LexiconProblem cause = schemas.invalid(Schemas.nsid(ref));
        if (cause == null) {
            problem(where, schemas.missing(ref));
        } else {
            consequences.put(
                    new LexiconProblem(
                            source.file().toString(),
                            where,
                            "unresolved reference \"" + ref + "\": invalid document: " + cause),
                    cause);
        }
    }

    private void unusable(String where, String message) {
        unusable = true;
        problem(where, message);
    }

    private void problem(String where, String message) {
        problems.add(new LexiconProblem(source.file().toString(), where, message));
    }
}
