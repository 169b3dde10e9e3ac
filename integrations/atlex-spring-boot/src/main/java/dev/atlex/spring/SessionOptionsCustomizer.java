package dev.atlex.spring;

import dev.atlex.session.SessionOptions;

/**
 * Changes the options for the application's sessions. All beans of this type are applied in order, to the account's
 * session and to the sessions of the pool.
 */
@FunctionalInterface
public interface SessionOptionsCustomizer {
    /**
     * Changes the options. The transport, the listeners and the observer are already set.
     *
     * @param options the builder for the options of every session; the store is set afterward
     */
    void customize(SessionOptions.Builder options);
}
