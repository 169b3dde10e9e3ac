package dev.atlex.spring;

import dev.atlex.client.Agent;
import dev.atlex.client.LazyAgent;
import dev.atlex.session.PasswordSession;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.springframework.beans.BeansException;

/**
 * The session of the application's account. It signs in on first use. It exists before the {@link PasswordSession}, so
 * that clients can be injected and health can be reported without the network.
 */
final class AccountSession {
    private final Supplier<PasswordSession> source;
    private final boolean owned;
    private final LazyAgent<PasswordSession> agent = LazyAgent.of(this::open);
    private volatile @Nullable RuntimeException failure;

    private AccountSession(Supplier<PasswordSession> source, boolean owned) {
        this.source = source;
        this.owned = owned;
    }

    /** Returns a session that the function opens and {@link #close} closes. */
    static AccountSession opening(Supplier<PasswordSession> source) {
        return new AccountSession(source, true);
    }

    /** Returns a session that uses the application's own session bean. */
    static AccountSession ofBean(Supplier<PasswordSession> bean) {
        return new AccountSession(bean, false);
    }

    /** Returns the agent for clients. */
    Agent agent() {
        return agent;
    }

    /** Returns the session, opening it if necessary. */
    PasswordSession session() {
        return agent.obtain();
    }

    /** Returns the session, or null if it hasn't been used successfully yet. */
    @Nullable
    PasswordSession opened() {
        return agent.obtained();
    }

    /**
     * Returns the failure of the last attempt to sign in, or null if there was no attempt or the last one succeeded.
     */
    @Nullable
    RuntimeException failure() {
        return failure;
    }

    private PasswordSession open() {
        try {
            PasswordSession session = source.get();
            failure = null;
            return session;
        } catch (RuntimeException e) {
            RuntimeException reason = unwrap(e);
            failure = reason;
            throw reason;
        }
    }

    /**
     * Unwraps Spring's exceptions. Callers expect a session's exceptions, but a lazy store or session bean fails with
     * Spring's.
     */
    private static RuntimeException unwrap(RuntimeException failure) {
        RuntimeException reason = failure;
        while (reason instanceof BeansException && reason.getCause() instanceof RuntimeException cause) {
            reason = cause;
        }
        return reason;
    }

    /** Closes the session if it was opened here. Further uses are refused. */
    void close() {
        if (owned) {
            agent.close();
        }
    }
}
