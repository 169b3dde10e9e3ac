package dev.atlex.testkit.internal;

import java.util.EnumSet;
import java.util.Set;

/** The scopes of tokens. */
enum Scope {
    ACCESS("com.atproto.access"),
    REFRESH("com.atproto.refresh"),
    APP_PASS("com.atproto.appPass"),
    APP_PASS_PRIVILEGED("com.atproto.appPassPrivileged"),
    SIGNUP_QUEUED("com.atproto.signupQueued"),
    TAKENDOWN("com.atproto.takendown"),

    /** OAuth sessions, whose permissions are checked instead. */
    OAUTH("atproto");

    /** Sessions created with the main password. */
    static final Set<Scope> FULL = EnumSet.of(ACCESS);

    /** Sessions created with the main password or an app password. */
    static final Set<Scope> STANDARD = EnumSet.of(ACCESS, APP_PASS, APP_PASS_PRIVILEGED);

    final String text;

    Scope(String text) {
        this.text = text;
    }

    static Set<Scope> with(Set<Scope> scopes, Scope more) {
        Set<Scope> all = EnumSet.copyOf(scopes);
        all.add(more);
        return all;
    }
}
