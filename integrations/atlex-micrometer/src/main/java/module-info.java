import org.jspecify.annotations.NullMarked;

/** Micrometer metrics of sessions. */
@NullMarked
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer has no module descriptor
module dev.atlex.micrometer {
    requires transitive org.jspecify;
    requires transitive dev.atlex.session;
    requires transitive micrometer.core;

    exports dev.atlex.micrometer;
}
