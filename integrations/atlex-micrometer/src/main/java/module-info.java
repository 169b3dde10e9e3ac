import org.jspecify.annotations.NullMarked;

/** What happens to sessions, as metrics of Micrometer. */
@NullMarked
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer has no module descriptor
module dev.atlex.micrometer {
    requires transitive org.jspecify;
    requires transitive dev.atlex.session;
    requires transitive micrometer.core;

    exports dev.atlex.micrometer;
}
