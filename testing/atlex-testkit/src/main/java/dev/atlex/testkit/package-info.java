/**
 * A personal data server (PDS) inside the test's own process, for tests of bots and other clients of the AT Protocol.
 *
 * <ul>
 *   <li>{@link dev.atlex.testkit.LocalPds} is the server; its description is the manual.
 *   <li>{@link dev.atlex.testkit.LocalPdsExtension} runs it in JUnit tests.
 *   <li>{@link dev.atlex.testkit.Faults} breaks single requests, {@link dev.atlex.testkit.ServerBehavior} changes the
 *       treatment of all requests.
 *   <li>{@link dev.atlex.testkit.MutableClock} expires tokens without waiting.
 *   <li>{@link dev.atlex.testkit.RecordedRequest} describes a request of a client.
 * </ul>
 */
@NullMarked
package dev.atlex.testkit;

import org.jspecify.annotations.NullMarked;
