/**
 * Sends the client's HTTP requests. The implementation can be replaced.
 *
 * <p>A {@link dev.atlex.client.transport.Transport} sends one request and returns one response: it follows no
 * redirects, retries nothing and ignores the status. Everything else is built on top. The default,
 * {@link dev.atlex.client.transport.JdkTransport}, adds features that {@code java.net.http} lacks: gzip, a time limit
 * that includes reading the body, and a limit on the size of a body.
 */
@NullMarked
package dev.atlex.client.transport;

import org.jspecify.annotations.NullMarked;
