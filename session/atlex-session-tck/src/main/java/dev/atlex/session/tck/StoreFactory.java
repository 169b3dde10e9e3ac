package dev.atlex.session.tck;

import dev.atlex.session.store.SessionStore;

/** Makes a store in another JVM. A public class with a public constructor that takes nothing. */
public interface StoreFactory {
    /**
     * A store.
     *
     * @param argument what the test gave along: where the storage is
     * @throws Exception if there is none; the process ends then
     */
    SessionStore open(String argument) throws Exception;
}
