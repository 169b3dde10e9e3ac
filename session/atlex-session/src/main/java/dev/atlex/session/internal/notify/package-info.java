/** Calls to user code. This package isn't part of the API and may change at any time. */
@NullMarked
package dev.atlex.session.internal.notify;

import org.jspecify.annotations.NullMarked;
