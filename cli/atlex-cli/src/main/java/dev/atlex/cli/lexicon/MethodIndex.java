package dev.atlex.cli.lexicon;

import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Suggestions;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.BooleanDef;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.StringDef;
import dev.atlex.schema.document.LexiconDocument;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The bundled queries and procedures, for lists and suggestions. It is a single resource that the build writes, because
 * reading all documents would take longer than most commands.
 *
 * <p>A line of the resource has five columns, separated by tabs: NSID, kind, parameters, fields of the body, summary.
 * Parameters and fields are separated by commas, and the allowed values of each by bars:
 * {@code limit,sort=newest|oldest}. The column of a body that isn't JSON is {@code @}.
 */
public final class MethodIndex {
    /** The name of the resource, which is next to this class. */
    public static final String RESOURCE = "methods.tsv";

    private static final String BINARY = "@";

    private final List<Method> methods;

    private MethodIndex(List<Method> methods) {
        this.methods = methods;
    }

    /**
     * A query or procedure.
     *
     * @param nsid the NSID
     * @param kind the kind, which is {@code query} or {@code procedure}
     * @param parameters the parameters of the URL
     * @param fields the fields of a JSON body
     * @param binary whether the body isn't JSON
     * @param summary the first sentence of its description; may be empty
     */
    public record Method(
            String nsid,
            String kind,
            List<Argument> parameters,
            List<Argument> fields,
            boolean binary,
            String summary) {
        /** Returns the parameters and the fields of the body: all names that can be given as {@code name=value}. */
        public List<Argument> arguments() {
            return Stream.concat(parameters.stream(), fields.stream()).toList();
        }

        /** Returns the line of the resource. */
        public String line() {
            String body = binary ? BINARY : join(fields);
            return String.join("\t", nsid, kind, join(parameters), body, summary);
        }

        private static String join(List<Argument> arguments) {
            return String.join(",", arguments.stream().map(Argument::text).toList());
        }
    }

    /**
     * A parameter, or a field of a body.
     *
     * @param values the allowed or well-known values; empty if there are none
     */
    public record Argument(String name, List<String> values) {
        String text() {
            return values.isEmpty() ? name : name + '=' + String.join("|", values);
        }

        static Argument of(String text) {
            int equals = text.indexOf('=');
            return equals < 0
                    ? new Argument(text, List.of())
                    : new Argument(
                            text.substring(0, equals),
                            List.of(text.substring(equals + 1).split("\\|")));
        }
    }

    /**
     * Returns the index of the bundled methods.
     *
     * @throws Failure if it can't be read
     */
    public static MethodIndex bundled() {
        try (InputStream in = MethodIndex.class.getResourceAsStream(RESOURCE)) {
            String text = in == null ? "" : new String(in.readAllBytes(), StandardCharsets.UTF_8);
            return new MethodIndex(text.lines().map(MethodIndex::parse).toList());
        } catch (IOException e) {
            throw Failure.storage("can't read the list of methods", e);
        }
    }

    /** Returns the methods, sorted by NSID. */
    public List<Method> methods() {
        return methods;
    }

    /** Returns the NSIDs of the methods that a typed name may have meant, the closest first. */
    public List<String> suggest(String typed) {
        List<String> nsids = methods.stream().map(Method::nsid).toList();
        List<String> sameName = named(typed);
        if (!sameName.isEmpty()) {
            return sameName;
        }
        List<String> closest = Suggestions.closest(typed, nsids);
        if (!closest.isEmpty()) {
            return closest;
        }
        List<String> names =
                nsids.stream().map(MethodIndex::lastSegment).distinct().toList();
        return Suggestions.closest(lastSegment(typed), names).stream()
                .flatMap(name -> nsids.stream().filter(nsid -> nsid.endsWith("." + name)))
                .limit(3)
                .toList();
    }

    /** Returns the NSIDs of at most three methods whose names match the typed one, ignoring namespace and case. */
    public List<String> named(String typed) {
        return methods.stream()
                .map(Method::nsid)
                .filter(nsid -> lastSegment(nsid).equalsIgnoreCase(lastSegment(typed)))
                .limit(3)
                .toList();
    }

    private static String lastSegment(String nsid) {
        return nsid.substring(nsid.lastIndexOf('.') + 1);
    }

    private static Method parse(String line) {
        String[] columns = line.split("\t", -1);
        boolean binary = columns[3].equals(BINARY);
        return new Method(
                columns[0], columns[1], arguments(columns[2]), arguments(binary ? "" : columns[3]), binary, columns[4]);
    }

    private static List<Argument> arguments(String column) {
        return column.isEmpty()
                ? List.of()
                : Arrays.stream(column.split(",")).map(Argument::of).toList();
    }

    /**
     * Returns the entry for a document's method, or null if the document's main definition is neither a query nor a
     * procedure.
     */
    public static @Nullable Method describe(LexiconDocument document, Prose prose) {
        Definition main = document.def("main");
        String nsid = document.id().toString();
        String summary = prose.summary(nsid, main);
        if (main instanceof QueryDef query) {
            return new Method(nsid, "query", arguments(query.parameters()), List.of(), false, summary);
        } else if (main instanceof ProcedureDef procedure) {
            Body input = procedure.input();
            Definition schema = input == null ? null : input.schema();
            List<Argument> fields = schema instanceof ObjectDef object ? arguments(object) : List.of();
            boolean binary = input != null && schema == null;
            return new Method(nsid, "procedure", arguments(procedure.parameters()), fields, binary, summary);
        }
        return null;
    }

    private static List<Argument> arguments(@Nullable ObjectDef object) {
        List<Argument> arguments = new ArrayList<>();
        if (object != null) {
            object.properties().forEach((name, definition) -> arguments.add(new Argument(name, values(definition))));
        }
        return arguments;
    }

    private static List<String> values(Definition definition) {
        if (definition instanceof BooleanDef) {
            return List.of("true", "false");
        } else if (definition instanceof StringDef string) {
            return string.allowed().isEmpty() ? string.knownValues() : string.allowed();
        }
        return definition instanceof ArrayDef array ? values(array.items()) : List.of();
    }
}
