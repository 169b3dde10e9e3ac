/**
 * Typed calls of the AT Protocol's methods.
 *
 * <p>A {@link dev.atlex.client.Client} turns a method's description and its parameters into a request, an
 * {@link dev.atlex.client.Agent} says to which server it goes and with whose token, and a
 * {@link dev.atlex.client.transport.Transport} sends it. What comes back is checked and typed, or thrown as an
 * {@link dev.atlex.client.XrpcException}.
 */
@NullMarked
package dev.atlex.client;

import org.jspecify.annotations.NullMarked;
