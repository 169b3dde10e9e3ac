/**
 * Atlex as a whole against the real servers: {@link dev.atlex.conformance.ReferenceNetwork} runs a PLC directory and the
 * reference PDS on loopback, {@link dev.atlex.conformance.TypeScriptClient} the client that Atlex exchanges sessions with.
 *
 * <p>Tests that need them carry the JUnit tag {@code reference} and run with the Maven profile of the same name.
 */
@NullMarked
package dev.atlex.conformance;

import org.jspecify.annotations.NullMarked;
