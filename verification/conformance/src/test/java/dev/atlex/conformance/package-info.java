/**
 * Tests for Atlex as a whole, through its public API.
 *
 * <p>The scenarios ({@code …Scenarios}) are written once, for any {@link dev.atlex.conformance.Server}, and run twice
 * ({@link dev.atlex.conformance.Conformance}): against {@link dev.atlex.testkit.LocalPds} in each build, and against
 * the real reference PDS with the {@code reference} JUnit tag and Maven profile. They also verify that LocalPds
 * responds like the real PDS. If a scenario passes on only one of them, the other has a bug.
 *
 * <p>{@link dev.atlex.conformance.ReferenceNetwork} runs a PLC directory and the reference PDS on loopback, and {@link
 * dev.atlex.conformance.TypeScriptClient} runs the client that sessions are exchanged with.
 */
@NullMarked
package dev.atlex.conformance;

import org.jspecify.annotations.NullMarked;
