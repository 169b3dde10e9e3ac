/** Calls to user code. Not part of the API: may change at any time. */
@NullMarked
package dev.atlex.session.internal.notify;

import org.jspecify.annotations.NullMarked;
