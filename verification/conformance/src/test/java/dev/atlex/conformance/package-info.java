/**
 * Atlex as a whole, through its public API alone.
 *
 * <p>The scenarios ({@code …Scenarios}) are written once, for any {@link dev.atlex.conformance.Server}, and run twice
 * ({@link dev.atlex.conformance.Conformance}): against {@link dev.atlex.testkit.LocalPds} in each build, and with the JUnit tag
 * and Maven profile {@code reference} against the real reference PDS. So they also prove that LocalPds answers as the real
 * one does: where a scenario passes on one only, the other is to be looked at.
 *
 * <p>{@link dev.atlex.conformance.ReferenceNetwork} runs a PLC directory and the reference PDS on loopback,
 * {@link dev.atlex.conformance.TypeScriptClient} the client that Atlex exchanges sessions with.
 */
@NullMarked
package dev.atlex.conformance;

import org.jspecify.annotations.NullMarked;
