import org.jspecify.annotations.NullMarked;

/** Gets Lexicon documents from the network, and pins them. */
@NullMarked
module dev.atlex.installer {
    requires transitive org.jspecify;
    requires transitive dev.atlex.client;
    requires transitive dev.atlex.identity;

    exports dev.atlex.installer;
}
