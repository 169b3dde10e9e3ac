/**
 * A session's state as one immutable value, and the only classes that change it. Not part of the API: may change at any
 * time.
 */
@NullMarked
package dev.atlex.session.internal.state;

import org.jspecify.annotations.NullMarked;
