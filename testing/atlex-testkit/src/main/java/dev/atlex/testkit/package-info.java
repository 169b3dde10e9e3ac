/**
 * A personal data server (PDS) that runs in the test's own process, for testing bots and other
 * clients of the AT Protocol.
 *
 * <ul>
 *   <li>{@link dev.atlex.testkit.LocalPds} is the server; its description is the manual.
 *   <li>{@link dev.atlex.testkit.LocalPdsExtension} runs it in JUnit tests.
 *   <li>{@link dev.atlex.testkit.Faults} makes individual requests fail; {@link dev.atlex.testkit.ServerBehavior}
 *       changes how all requests are treated.
 *   <li>{@link dev.atlex.testkit.MutableClock} expires tokens without waiting.
 *   <li>{@link dev.atlex.testkit.RecordedRequest} describes a request that the server received.
 * </ul>
 */
@NullMarked
package dev.atlex.testkit;

import org.jspecify.annotations.NullMarked;
