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
 * Finds everything for which a document can't become Java, before any of it does. What it says of references is no obstacle
 * for the generator, which has a value of any type there.
 */
public final class DocumentChecker {
    /** A definition's full name is a constant of Java, which has 65,535 bytes at most. */
    private static final int MAX_NAME = 20_000;

    private final Schemas schemas;
    private final LexiconFiles.Source source;
    private final List<LexiconProblem> problems = new ArrayList<>();
    private final Map<LexiconProblem, LexiconProblem> consequences = new LinkedHashMap<>();

    /** The arrays that are being followed: one that holds itself, and no object between, would have no end. */
    private final Set<String> arrays = new LinkedHashSet<>();

    private boolean unusable;

    public DocumentChecker(Schemas schemas, LexiconFiles.Source source) {
        this.schemas = schemas;
        this.source = source;
        if (schemas.names().isTooDeep(source.nsid())) {
            unusable(source.nsid(), "objects inside each other too deeply for the names of Java classes");
        } else if (source.document().defs().keySet().stream().anyMatch(name -> name.length() > MAX_NAME)) {
            unusable(source.nsid(), "the name of a definition has more than " + MAX_NAME + " characters");
        } else {
            source.document().defs().forEach(this::definition);
        }
    }

    /** Returns what is wrong, in the order of the document. */
    public List<LexiconProblem> problems() {
        return problems;
    }

    /** Returns the references to documents that are invalid themselves, each with what is wrong there. */
    public Map<LexiconProblem, LexiconProblem> consequences() {
        return consequences;
    }

    /** Whether no Java can be made at all, not even with what is missing left out. */
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
            inside(definition, where);
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

    /** A definition of which Java is made for its own sake; an array's references are checked by whoever refers to it. */
    private void inside(Definition definition, String where) {
        if (definition instanceof ArrayDef array) {
            inside(array.items(), where + "[]");
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
                unusable(at, "names that begin with a dollar sign are the protocol's own");
            }
            value(definition, at);
        });
    }

    private void variant(String ref, String where) {
        Definition target = schemas.resolve(ref);
        if (target == null) {
            missing(ref, where);
        } else if (!(target instanceof ObjectDef || target instanceof RecordDef || target instanceof TokenDef)) {
            problem(where, '"' + ref + "\" is no object, and can't be in a union");
        }
    }

    private void reference(String ref, String where) {
        Definition target = schemas.resolve(ref);
        if (target == null) {
            missing(ref, where);
        } else if (!Schemas.isValue(target)) {
            problem(where, '"' + ref + "\" is no type of values, and can't be referred to");
        } else if (target instanceof ArrayDef array) {
            if (arrays.add(ref)) {
                items(array, where);
                arrays.remove(ref);
            } else {
                problem(where, "the array \"" + ref + "\" has itself as an element");
            }
        }
    }

    /** Of an array elsewhere: objects and unions in it are checked there. */
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
                            source.file().toString(), where, "the document of \"" + ref + "\" is invalid: " + cause),
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
