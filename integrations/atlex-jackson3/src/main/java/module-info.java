import org.jspecify.annotations.NullMarked;

/** A Jackson 3 module for Atlex's types. */
@NullMarked
@SuppressWarnings("module") // The digit is Jackson's version.
module dev.atlex.jackson3 {
    requires transitive org.jspecify;
    requires transitive dev.atlex.schema;
    requires transitive tools.jackson.databind;

    exports dev.atlex.jackson3;

    provides tools.jackson.databind.JacksonModule with
            dev.atlex.jackson3.AtlexModule;
}
