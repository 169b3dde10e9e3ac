/** Generated from lexicons. */
@org.jspecify.annotations.NullMarked
module org.sample.lexicons {
    requires transitive org.jspecify;
    requires transitive dev.atlex.schema;
    requires transitive org.sample.other;

    exports org.sample.new_.chat.example;
    exports org.sample.new_.chat.example.one;
    exports org.sample.new_.com.example.one;
}
