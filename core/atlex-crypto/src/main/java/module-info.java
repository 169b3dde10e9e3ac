import org.jspecify.annotations.NullMarked;

/** Keys on the curve P-256, and the JSON Web Signatures and JSON Web Keys that OAuth uses. */
@NullMarked
module dev.atlex.crypto {
    requires transitive org.jspecify;
    requires transitive dev.atlex.data;

    exports dev.atlex.crypto;
}
