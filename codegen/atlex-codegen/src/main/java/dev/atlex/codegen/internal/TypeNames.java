package dev.atlex.codegen.internal;

import com.palantir.javapoet.ClassName;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.schema.document.LexiconDocument;
import java.util.HashMap;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Assigns class names to definitions. A name depends only on the definition's document, so references resolve to the
 * same class even if another project generated it.
 *
 * <p>In Java, a nested class can't have the name of an enclosing class or a sibling. On a clash, the later definition
 * gets a suffix for its kind.
 */
final class TypeNames {
    private static final Set<String> JAVA_LANG =
            Set.of("Boolean", "Deprecated", "Long", "Object", "Override", "String", "SuppressWarnings");

    /** The maximum length of a class name with its enclosing classes, before suffixes; longer names are shortened. */
    private static final int MAX_FILE_NAME = 215;

    /** The number of characters to keep of a shortened name. */
    private static final int SHORTENED_LENGTH = 12;

    /**
     * The maximum length of a binary class name. Leaves room for a codec or builder within the 255 bytes of a file
     * name.
     */
    private static final int MAX_BINARY_NAME = 245;

    private final Map<Definition, ClassName> names = new IdentityHashMap<>();
    private final Map<ClassName, Set<String>> nested = new HashMap<>();
    private final Map<ClassName, Set<String>> namesInFile = new HashMap<>();
    private final Set<String> topSimpleNames = new HashSet<>();
    private final Set<ClassName> tooDeep = new HashSet<>();
    private final Map<String, ClassName> tops = new HashMap<>();
    private final Map<String, String> nsidsByClass = new HashMap<>();
    private final Set<String> rootPackages = new HashSet<>(Set.of("dev", "java", "org"));
    private final Set<String> packagesHidingJavaLang = new HashSet<>();

    /**
     * Declares a document that is generated in this run.
     *
     * @return the NSID of the document that already has the same class, or null
     */
    @Nullable
    String declare(String nsid, String packagePrefix) {
        ClassName top = declareExternal(nsid, packagePrefix);
        String other = nsidsByClass.get(top.canonicalName().toLowerCase(Locale.ROOT));
        return nsid.equals(other) ? null : other;
    }

    /** Declares a document whose types aren't generated in this run, and returns its class. */
    ClassName declareExternal(String nsid, String packagePrefix) {
        ClassName top = ClassName.get(Names.packageOf(nsid, packagePrefix), Names.document(nsid));
        tops.put(nsid, top);
        topSimpleNames.add(top.simpleName());
        nsidsByClass.putIfAbsent(top.canonicalName().toLowerCase(Locale.ROOT), nsid);
        rootPackages.add(top.packageName().split("\\.", 2)[0]);
        if (JAVA_LANG.contains(top.simpleName())) {
            packagesHidingJavaLang.add(top.packageName());
        }
        return top;
    }

    /** Returns the top-level class of a document. */
    ClassName top(String nsid) {
        return Objects.requireNonNull(tops.get(nsid), nsid);
    }

    /** Returns the first segments of all packages: a variable with such a name would hide the package. */
    Set<String> rootPackages() {
        return rootPackages;
    }

    /** Returns whether a class in the package hides a class of {@code java.lang} that generated code uses. */
    boolean hidesJavaLang(String packageName) {
        return packagesHidingJavaLang.contains(packageName);
    }

    /** Returns whether a document nests objects so deeply that the names of their class files would be too long. */
    boolean isTooDeep(String nsid) {
        return tooDeep.contains(top(nsid));
    }

    /** Returns whether a constant would hide a class that the file of {@code inside} may use by its simple name. */
    boolean isClass(ClassName inside, String constant) {
        return topSimpleNames.contains(constant)
                || namesInFile
                        .getOrDefault(inside.topLevelClassName(), Set.of())
                        .contains(constant);
    }

    /** Returns the class of an object's codec. */
    static ClassName codecOf(ClassName object) {
        String name = object.simpleName() + "Codec";
        while (object.simpleNames().contains(name)) {
            name += "_";
        }
        return object.nestedClass(name);
    }

    /** Returns the class of an object or a union. */
    ClassName of(Definition definition) {
        ClassName name = names.get(definition);
        if (name == null) {
            throw new IllegalStateException("no class for " + definition);
        }
        return name;
    }

    /** Assigns names to all classes of a declared document. */
    void add(LexiconDocument document) {
        ClassName top = top(document.id().toString());
        Definition main = document.def("main");
        if (main != null) {
            main(top, main);
        }
        document.defs().forEach((name, definition) -> {
            if (!name.equals("main")) {
                value(top, Names.pascal(name), definition, "Def");
            }
        });
    }

    private void main(ClassName top, Definition main) {
        if (main instanceof ObjectDef object) {
            names.put(object, top);
            properties(top, object);
        } else if (main instanceof RecordDef record) {
            names.put(record.record(), top);
            properties(top, record.record());
        } else if (main instanceof QueryDef query) {
            parameters(top, query.parameters());
            body(top, "Output", query.output());
        } else if (main instanceof ProcedureDef procedure) {
            parameters(top, procedure.parameters());
            body(top, "Input", procedure.input());
            body(top, "Output", procedure.output());
        } else if (main instanceof SubscriptionDef subscription) {
            parameters(top, subscription.parameters());
            if (subscription.message() != null) {
                value(top, "Message", subscription.message(), "Union");
            }
        } else {
            value(top, "Main", main, "Def");
        }
    }

    private void parameters(ClassName top, @Nullable ObjectDef parameters) {
        if (parameters != null) {
            value(top, "Params", parameters, "Object");
        }
    }

    private void body(ClassName top, String name, @Nullable Body body) {
        if (body != null && body.schema() != null) {
            value(top, name, body.schema(), "Object");
        }
    }

    private void properties(ClassName owner, ObjectDef object) {
        object.properties().forEach((name, definition) -> {
            String suffix = definition instanceof ObjectDef ? "Object" : "Union";
            value(owner, Names.pascal(name), definition, suffix);
        });
    }

    private void value(ClassName owner, String wanted, Definition definition, String suffix) {
        if (definition instanceof ObjectDef object) {
            ClassName name = nest(owner, wanted, suffix);
            names.put(object, name);
            properties(name, object);
        } else if (definition instanceof UnionDef union) {
            names.put(union, nest(owner, wanted, suffix));
        } else if (definition instanceof ArrayDef array) {
            value(owner, wanted + "Item", array.items(), suffix);
        }
    }

    private ClassName nest(ClassName owner, String wanted, String suffix) {
        Set<String> taken = nested.computeIfAbsent(owner, name -> {
            Set<String> reserved = new HashSet<>(Names.RESERVED);
            reserved.add(name.simpleName().toLowerCase(Locale.ROOT) + "codec");
            return reserved;
        });
        int around = owner.simpleNames().stream().mapToInt(String::length).sum()
                + owner.simpleNames().size();
        boolean tooLong = around + 2 * wanted.length() > MAX_FILE_NAME && wanted.length() > SHORTENED_LENGTH;
        String name = tooLong ? Names.shortened(wanted, SHORTENED_LENGTH) : wanted;
        int tries = 0;
        while (Constants.RESERVED.contains(name)
                || owner.simpleNames().stream().anyMatch(name::equalsIgnoreCase)
                || !taken.add(name.toLowerCase(Locale.ROOT))) {
            // After two suffixes, use numbers: otherwise, names would keep growing in nested objects of the same name.
            name = ++tries <= 2 ? name + suffix : name.replaceAll("\\d+$", "") + tries;
        }
        if (around + 2 * name.length() > MAX_BINARY_NAME) {
            tooDeep.add(owner.topLevelClassName());
        }
        namesInFile
                .computeIfAbsent(owner.topLevelClassName(), top -> new HashSet<>())
                .add(name);
        return owner.nestedClass(name);
    }
}
