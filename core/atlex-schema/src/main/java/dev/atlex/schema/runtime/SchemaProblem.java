package dev.atlex.schema.runtime;

/**
 * A definition that can't be compiled to a codec, usually because of an unresolved reference.
 *
 * @param document the NSID of the document
 * @param path the path in the document, from the root {@code $}: {@code $.defs.main.record.properties.embed.refs[0]}
 * @param message the problem
 */
public record SchemaProblem(String document, String path, String message) {
    /** Returns {@code document: path: message}. */
    @Override
    public String toString() {
        return document + ": " + path + ": " + message;
    }
}
