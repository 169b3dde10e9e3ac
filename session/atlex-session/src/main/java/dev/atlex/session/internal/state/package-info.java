/**
 * A session's state as one immutable value, and the only classes that change it. This package isn't part of the API
 * and may change at any time.
 */
@NullMarked
package dev.atlex.session.internal.state;

import org.jspecify.annotations.NullMarked;
