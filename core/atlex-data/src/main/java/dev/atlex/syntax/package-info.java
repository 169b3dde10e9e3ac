/**
 * The identifiers of the AT Protocol: DIDs, handles, NSIDs, AT URIs, TIDs, record keys, datetimes and language tags.
 *
 * <p>Each is an immutable value that keeps its text exactly as it was given; what is not valid can't be made, except by
 * the {@code unchecked} factories.
 */
@NullMarked
package dev.atlex.syntax;

import org.jspecify.annotations.NullMarked;
