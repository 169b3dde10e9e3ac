package dev.atlex.cli.session;

import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.data.LexMap;
import dev.atlex.session.SessionData;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.net.URI;
import org.jspecify.annotations.Nullable;

/**
 * A session that started with a password.
 *
 * @param data the session, with its tokens
 */
record PasswordAccount(SessionData data) implements StoredAccount {
    @Override
    public Did did() {
        return data.did();
    }

    @Override
    public Handle handle() {
        return data.handle();
    }

    @Override
    public URI service() {
        return data.service();
    }

    @Override
    public @Nullable URI pds() {
        return data.pds();
    }

    @Override
    public LexMap describe() {
        return Accounts.account(data.did(), data.handle(), data.service(), data.pds(), data.active(), data.status())
                .build();
    }

    @Override
    public String export() {
        return data.toJson();
    }

    @Override
    public StoredSession open(CommandContext context) {
        return new PasswordStoredSession(context, context.store(), data);
    }

    /** Returns the account without tokens. */
    @Override
    public String toString() {
        return "PasswordAccount[" + did() + "]";
    }
}
