import org.jspecify.annotations.NullMarked;

/** Sign in with an app password, and stay signed in. */
@NullMarked
@SuppressWarnings("module") // The modules that may use the internals are compiled later.
module dev.atlex.session {
    requires transitive org.jspecify;
    requires transitive dev.atlex.client;
    requires transitive dev.atlex.identity;

    exports dev.atlex.session;
    exports dev.atlex.session.internal to
            dev.atlex.oauth;
    exports dev.atlex.session.internal.auth to
            dev.atlex.oauth;
    exports dev.atlex.session.internal.file to
            dev.atlex.oauth;
    exports dev.atlex.session.internal.notify to
            dev.atlex.oauth;
    exports dev.atlex.session.internal.persist to
            dev.atlex.oauth;
    exports dev.atlex.session.internal.state to
            dev.atlex.oauth;
    exports dev.atlex.session.pool;
    exports dev.atlex.session.ratelimit;
    exports dev.atlex.session.store;
}
