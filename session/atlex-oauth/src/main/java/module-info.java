import org.jspecify.annotations.NullMarked;

/** Sign in with OAuth, and stay signed in. */
@NullMarked
module dev.atlex.oauth {
    requires transitive org.jspecify;
    requires transitive dev.atlex.session;
    requires dev.atlex.crypto;

    exports dev.atlex.oauth;
}
