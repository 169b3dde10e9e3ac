package dev.atlex.session.tck;

import java.time.Duration;

/**
 * How another JVM, of the same class path, comes to the storage of a test.
 *
 * @param factory makes the store there
 * @param argument what the factory is given; shown in the list of processes, so no password
 * @param freeWithin how long the lease of a process that was killed may stay taken, if its {@code ttl} is longer
 */
public record StoreProcess(Class<? extends StoreFactory> factory, String argument, Duration freeWithin) {}
