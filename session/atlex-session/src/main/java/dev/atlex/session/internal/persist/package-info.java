/** Sessions, sign-ins and queued logouts in a store. Not part of the API: may change at any time. */
@NullMarked
package dev.atlex.session.internal.persist;

import org.jspecify.annotations.NullMarked;
