package dev.atlex.codegen.internal;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexDataException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.LexiconProblem;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * Prose and deprecations that the documents don't contain.
 *
 * <p>A prose file has the path of its document, such as {@code com/example/note.json}. It is a JSON object whose values
 * are sentences. Each key is the place that its sentence describes; see {@link ProseKeys}. The file of deprecations
 * lists such places by document.
 */
public final class Prose {
    private static final String SUFFIX = ".json";
    private static final String DOCUMENTS = "documents";

    private final LexiconFiles.Parsed documents;
    private final Dependencies dependencies;
    private final Consumer<? super LexiconProblem> problems;
    private final Map<String, Map<String, String>> prose = new HashMap<>();
    private final Map<String, Set<String>> deprecated = new HashMap<>();

    /**
     * Parses the files, and checks that each text is about something in a document. Anything else is reported as a
     * problem and left out.
     *
     * @param files the prose files
     * @param deprecations the files that list deprecated items
     * @param problems receives the problems
     */
    public Prose(
            List<LexiconFiles.Content> files,
            List<LexiconFiles.Content> deprecations,
            LexiconFiles.Parsed documents,
            Dependencies dependencies,
            Consumer<? super LexiconProblem> problems) {
        this.documents = documents;
        this.dependencies = dependencies;
        this.problems = problems;
        files.forEach(this::sentences);
        deprecations.forEach(this::deprecations);
    }

    /** Returns the place of a definition.
     *
     * @param ref the definition's full name: {@code com.example.note} or {@code com.example.note#tag}
     */
    Wording of(String ref) {
        String nsid = Schemas.nsid(ref);
        return new Wording(
                prose.getOrDefault(nsid, Map.of()), deprecated.getOrDefault(nsid, Set.of()), Schemas.definition(ref));
    }

    private void sentences(LexiconFiles.Content file) {
        LexMap json = parse(file);
        if (json == null) {
            return;
        }
        String path = file.name().substring(0, file.name().length() - SUFFIX.length());
        String nsid = path.replace('/', '.');
        if (path.contains(".")) {
            problem(file, "", "expected the path of a document, such as com/example/note.json");
            return;
        }
        Predicate<String> exists = places(file, "", nsid);
        Map<String, String> found = new HashMap<>();
        json.forEach((key, value) -> {
            if (!(value instanceof LexString sentence) || sentence.value().isBlank()) {
                problem(file, key, "expected a sentence (got " + value.toJson() + ")");
            } else if (exists.test(key)) {
                found.put(key, sentence.value().strip());
            }
        });
        prose.put(nsid, found);
    }

    private void deprecations(LexiconFiles.Content file) {
        LexMap json = parse(file);
        LexMap listed = json == null ? null : json.getMap(DOCUMENTS);
        if (json != null && listed == null) {
            problem(file, DOCUMENTS, "expected an object");
        }
        if (listed == null) {
            return;
        }
        listed.forEach((nsid, keys) -> {
            Predicate<String> exists = places(file, nsid, nsid);
            Set<String> found = new HashSet<>();
            for (LexValue key : keys instanceof LexArray array ? array : List.of(keys)) {
                if (!(key instanceof LexString place)) {
                    problem(file, nsid, "expected an array of strings (got " + keys.toJson() + ")");
                } else if (exists.test(place.value())) {
                    found.add(place.value());
                }
            }
            deprecated.put(nsid, found);
        });
    }

    private @Nullable LexMap parse(LexiconFiles.Content file) {
        if (file.failure() != null) {
            problem(file, "", file.failure());
            return null;
        }
        try {
            if (LexValue.parseJson(file.json(), ReadOptions.STRICT) instanceof LexMap json) {
                return json;
            }
            problem(file, "", "expected an object");
        } catch (LexDataException e) {
            problem(file, e.path(), e.reason());
        }
        return null;
    }

    /**
     * Returns a predicate that tests whether a place exists in a document, and reports a problem if it doesn't. An
     * unknown document is reported once; an invalid one is reported elsewhere.
     *
     * @param at the path at which an unknown document is reported
     */
    private Predicate<String> places(LexiconFiles.Content file, String at, String nsid) {
        LexiconFiles.Source source = documents.sources().get(nsid);
        if (source != null) {
            Set<String> places = ProseKeys.of(source.document());
            return place -> {
                boolean exists = places.contains(place);
                if (!exists) {
                    problem(file, place, nsid + " has no such definition, property, body or error");
                }
                return exists;
            };
        }
        if (dependencies.has(nsid)) {
            problem(
                    file,
                    at,
                    "has no effect, because the types of " + nsid + " come from " + dependencies.origin(nsid));
        } else if (!documents.invalid().containsKey(nsid)) {
            problem(file, at, "there is no document " + nsid);
        }
        return place -> false;
    }

    private void problem(LexiconFiles.Content file, String path, String message) {
        problems.accept(new LexiconProblem(file.file().toString(), path, message));
    }
}
