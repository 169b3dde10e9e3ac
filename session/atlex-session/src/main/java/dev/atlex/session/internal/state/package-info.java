/** A session's state, as one immutable value, and its one writer. Not part of the API: may change at any time. */
@NullMarked
package dev.atlex.session.internal.state;

import org.jspecify.annotations.NullMarked;
