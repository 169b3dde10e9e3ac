/**
 * HTTP as the client needs it, and the place to put another implementation of it.
 *
 * <p>{@link dev.atlex.client.transport.Transport} sends one request and returns one response: it follows no redirect,
 * repeats nothing, reads no status. Everything else is built on top. The default,
 * {@link dev.atlex.client.transport.JdkTransport}, is {@code java.net.http} with what that lacks: gzip, a time limit that
 * also covers the reading of the body, and a bound on the size of a body.
 */
@NullMarked
package dev.atlex.client.transport;

import org.jspecify.annotations.NullMarked;
