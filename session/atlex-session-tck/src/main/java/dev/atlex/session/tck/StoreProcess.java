package dev.atlex.session.tck;

import java.time.Duration;

/**
 * Describes how another JVM with the same class path opens a test's storage.
 *
 * @param factory the class that opens the store in that JVM
 * @param argument the argument for the factory; visible in the list of processes, so it must not contain a password
 * @param freeWithin the longest time for which a lease held by a killed process may remain held, even if its {@code
 *     ttl} is longer
 */
public record StoreProcess(Class<? extends StoreFactory> factory, String argument, Duration freeWithin) {}
