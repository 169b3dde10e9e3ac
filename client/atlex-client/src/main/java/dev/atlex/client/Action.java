package dev.atlex.client;

/**
 * Something that takes more than one call, packed so that it is called like one: {@code client.call(follow, did)}.
 *
 * @param <I> what it is given
 * @param <O> what it brings
 */
@FunctionalInterface
public interface Action<I, O> {
    O run(Client client, I input);
}
