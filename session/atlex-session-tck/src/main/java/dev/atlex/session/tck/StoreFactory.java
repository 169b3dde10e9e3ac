package dev.atlex.session.tck;

import dev.atlex.session.store.SessionStore;

/** Opens a store in another JVM. Implementations are public classes with a public constructor without parameters. */
public interface StoreFactory {
    /**
     * Opens a store.
     *
     * @param argument the {@link StoreProcess#argument}, which locates the storage
     * @throws Exception if it can't be opened; the process exits, and the test fails
     */
    SessionStore open(String argument) throws Exception;
}
