package dev.atlex.session.internal.persist;

import dev.atlex.session.SessionData;
import dev.atlex.session.internal.persist.RotatedTokens.Rotated;
import dev.atlex.session.store.EntryStore.Entry;
import dev.atlex.session.store.EntryStore.Key;
import dev.atlex.syntax.Did;
import java.net.URI;
import java.util.List;

/** Converts password sessions to and from a store's entries: {@link SessionRecord}s under {@link Key#session}. */
public final class PasswordEntryCodec implements EntryCodec<SessionData> {
    /** The only instance. */
    public static final PasswordEntryCodec INSTANCE = new PasswordEntryCodec();

    private PasswordEntryCodec() {}

    @Override
    public Key key(Did account) {
        return Key.session(account);
    }

    @Override
    public Stored<SessionData> decode(Entry entry) {
        SessionRecord found = SessionRecord.of(entry);
        return new Stored<>(found.data(), found.rotated());
    }

    @Override
    public String encode(SessionData session, List<Rotated> rotated) {
        return new SessionRecord(session, rotated).toJson();
    }

    @Override
    public Did account(SessionData session) {
        return session.did();
    }

    @Override
    public URI service(SessionData session) {
        return session.service();
    }

    @Override
    public String refreshToken(SessionData session) {
        return session.refreshJwt();
    }
}
