/**
 * {@code atlex}, the command line. A package for each family of commands ({@code session}, {@code call}, {@code lexicon},
 * {@code data}, {@code pds}) builds on {@code runtime}: streams, global options and failures.
 *
 * <p>Results go to stdout. A failure is one line on stderr, {@code error: CODE: message}. Exit status: 0
 * success, 1 rejected by the server, 2 wrong usage or input, 3 not signed in or signed out by the server, 4 network
 * failure.
 */
@NullMarked
package dev.atlex.cli;

import org.jspecify.annotations.NullMarked;
