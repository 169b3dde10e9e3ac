package dev.atlex.schema.runtime;

/**
 * Something in a document that no codec can be made of, mostly a reference that leads nowhere.
 *
 * @param document the NSID of the document
 * @param path where in it, from the root {@code $}: {@code $.defs.main.record.properties.embed.refs[0]}
 * @param message what is wrong there
 */
public record SchemaProblem(String document, String path, String message) {
    /** One line for people. */
    @Override
    public String toString() {
        return document + ": " + path + ": " + message;
    }
}
