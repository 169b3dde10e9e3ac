package dev.atlex.codegen.internal;

import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A place in a document, which identifies its prose: {@code main/text} for the property {@code text} of {@code main},
 * {@code main/output/feed} for a property of a method's output. {@link ProseKeys} lists the places of a document.
 */
final class Wording {
    private final Map<String, String> prose;
    private final Set<String> deprecated;
    private final String key;

    /**
     * Creates a place.
     *
     * @param prose the document's prose, by place
     * @param deprecated the document's deprecated places
     */
    Wording(Map<String, String> prose, Set<String> deprecated, String key) {
        this.prose = prose;
        this.deprecated = deprecated;
        this.key = key;
    }

    /** Returns a place inside this one: a property, or a part of a method. */
    Wording at(String name) {
        return new Wording(prose, deprecated, key + "/" + name);
    }

    /**
     * Returns the text of this place. The prose takes precedence over the description.
     *
     * @param description the description in the document, or null
     */
    Text text(@Nullable String description) {
        Text described = Text.ofDescription(description, deprecated.contains(key));
        String own = prose.get(key);
        return own == null ? described : Text.ofProse(own, described.isDeprecated());
    }
}
