/**
 * A personal data server inside the test's own process.
 *
 * <p>A {@link dev.atlex.testkit.LocalPds} answers as the reference server does, as far as that was measured: statuses,
 * error names, messages and the rotation of tokens. Accounts are made with one call. Time is a
 * {@link java.time.Clock}, so that a test with a {@link dev.atlex.testkit.MutableClock} expires tokens without waiting.
 * {@link dev.atlex.testkit.ServerBehavior} change how the server behaves from then on, {@link dev.atlex.testkit.Faults} spoil
 * single requests, and the log of {@link dev.atlex.testkit.RecordedRequest}s tells what a client sent.
 *
 * <p>What it is not: its commits are no Merkle search trees, it knows no schemas unless a
 * {@link dev.atlex.testkit.RecordValidator} is given, there is no firehose, and timelines hold the posts of all its
 * accounts, as if everybody followed everybody.
 */
@NullMarked
package dev.atlex.testkit;

import org.jspecify.annotations.NullMarked;
