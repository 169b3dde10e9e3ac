import org.jspecify.annotations.NullMarked;

/** Micrometer metrics and traces of calls, sessions and streams. */
@NullMarked
@SuppressWarnings({"requires-automatic", "requires-transitive-automatic"}) // Micrometer has no module descriptor
module dev.atlex.micrometer {
    requires transitive org.jspecify;
    requires transitive dev.atlex.session;
    requires static dev.atlex.streams;
    requires transitive micrometer.core;
    requires transitive micrometer.observation;

    exports dev.atlex.micrometer;
}
