import org.jspecify.annotations.NullMarked;

/** Installs Lexicon documents from the network, and pins their versions. */
@NullMarked
module dev.atlex.installer {
    requires transitive org.jspecify;
    requires transitive dev.atlex.client;
    requires transitive dev.atlex.identity;

    exports dev.atlex.installer;
}
