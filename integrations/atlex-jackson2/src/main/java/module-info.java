import org.jspecify.annotations.NullMarked;

/** A Jackson 2 module for Atlex's types. */
@NullMarked
@SuppressWarnings("module") // The digit is Jackson's version.
module dev.atlex.jackson2 {
    requires transitive org.jspecify;
    requires transitive dev.atlex.schema;
    requires transitive com.fasterxml.jackson.databind;

    exports dev.atlex.jackson2;

    provides com.fasterxml.jackson.databind.Module with
            dev.atlex.jackson2.AtlexModule;
}
