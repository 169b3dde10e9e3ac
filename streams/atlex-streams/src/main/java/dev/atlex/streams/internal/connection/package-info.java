/**
 * Keeps a stream connected, and holds its events until they are handled.
 *
 * <p>{@link StreamThread} runs the {@link StreamMachine}, which connects, backs off, decides about gaps, and saves the
 * position with the {@link CursorKeeper}. For each connection, the machine creates an {@link Intake}. The socket passes
 * frames to it, and it adds their events to the {@link EventQueue}, from which the handlers take them.
 *
 * @see <a
 *     href="https://github.com/atlex/atlex/blob/main/docs/decisions/0027-delivery-and-threads-of-streams.md">Decision
 *     0027</a>
 */
@NullMarked
package dev.atlex.streams.internal.connection;

import org.jspecify.annotations.NullMarked;
