package dev.atlex.examples.recipes;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.BlueskyOptions;
import dev.atlex.bluesky.card.LinkCards;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.CursorStore;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.streams.Firehose;
import dev.atlex.streams.Jetstream;
import dev.atlex.streams.RepoStream;
import dev.atlex.streams.StreamOptions;
import dev.atlex.testkit.LocalPds;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The account that a recipe runs as. Without settings, it is alice.test on a server inside this program. */
final class Demo implements AutoCloseable {
    private final @Nullable LocalPds pds;
    private final SessionStore store;
    private final PasswordSession session;

    private Demo(@Nullable LocalPds pds, SessionStore store, Credentials credentials) {
        this.pds = pds;
        this.store = store;
        this.session = PasswordSession.open(credentials, store);
    }

    static Demo start() {
        if (System.getenv("ATLEX_SERVICE") != null) {
            return new Demo(null, new FileSessionStore(Path.of("sessions")), Credentials.fromEnvironment());
        }
        LocalPds pds = LocalPds.start(o -> o.account("alice.test", "password").account("bob.test", "password"));
        Credentials alice = Credentials.of(pds.url().toString(), "alice.test", "password");
        return new Demo(pds, new MemorySessionStore(), alice);
    }

    /** Returns whether the server is inside this program. */
    boolean isLocal() {
        return pds != null;
    }

    PasswordSession session() {
        return session;
    }

    /** Returns the account. On the server inside this program, link cards may show pages from this machine. */
    Bluesky bluesky() {
        LinkCards cards = LinkCards.of(o -> o.allowPrivateAddresses(isLocal()));
        return Bluesky.of(session, BlueskyOptions.of(o -> o.cards(cards)));
    }

    /** Returns the cursors, which are stored next to the session. */
    CursorStore cursors() {
        return CursorStore.of(store);
    }

    /** Connects to a Jetstream of the network. The server inside this program has a firehose, with the same events. */
    RepoStream stream(Consumer<? super StreamOptions.Builder> options) {
        if (pds == null) {
            return Jetstream.connect(options);
        }
        String local = pds.pdsUrl().toString();
        return Firehose.connect(f -> options.accept(f.service(local).startAt(0)));
    }

    /** Makes bob.test do something for the recipe to react to. Does nothing if another server is used. */
    void asBob(Consumer<? super Bluesky> action) {
        if (pds != null) {
            try (PasswordSession bob = PasswordSession.login(pds.url().toString(), "bob.test", "password")) {
                action.accept(Bluesky.of(bob));
            }
        }
    }

    @Override
    public void close() {
        session.close();
        if (pds != null) {
            pds.close();
        }
    }
}
