/**
 * Typed calls to the AT Protocol's methods.
 *
 * <p>A {@link dev.atlex.client.Client} turns a method and its parameters into a request. An
 * {@link dev.atlex.client.Agent} adds the server's address and the credentials, and a
 * {@link dev.atlex.client.transport.Transport} sends it. The method validates and decodes the response; a failure is
 * thrown as an {@link dev.atlex.client.XrpcException}. Start with {@link dev.atlex.client.Client}.
 */
@NullMarked
package dev.atlex.client;

import org.jspecify.annotations.NullMarked;
