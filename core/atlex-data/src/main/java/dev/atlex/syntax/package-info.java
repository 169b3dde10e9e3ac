/**
 * The identifiers of the AT Protocol: DIDs, handles, NSIDs, AT URIs, TIDs, record keys, datetimes and language tags.
 *
 * <p>Each is an immutable value that keeps its original text. Invalid values can only be created by the
 * {@code unchecked} factories.
 *
 * <p>Depends on {@link dev.atlex.data} for its exceptions, but not the other way around.
 */
@NullMarked
package dev.atlex.syntax;

import org.jspecify.annotations.NullMarked;
