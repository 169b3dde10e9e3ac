import org.jspecify.annotations.NullMarked;

/** Repositories of the AT Protocol: CAR files, Merkle search trees and signed commits. */
@NullMarked
module dev.atlex.repo {
    requires transitive org.jspecify;
    requires transitive dev.atlex.data;
    requires transitive dev.atlex.crypto;

    exports dev.atlex.repo;
}
