import org.jspecify.annotations.NullMarked;

/** Keys of the curve P-256, and the JSON Web Signatures and JSON Web Keys that OAuth needs of them. */
@NullMarked
module dev.atlex.crypto {
    requires transitive org.jspecify;
    requires transitive dev.atlex.data;

    exports dev.atlex.crypto;
}
