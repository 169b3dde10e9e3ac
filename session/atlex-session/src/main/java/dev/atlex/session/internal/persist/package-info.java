/** Sessions, sign-ins and queued logouts in a store. This package isn't part of the API and may change at any time. */
@NullMarked
package dev.atlex.session.internal.persist;

import org.jspecify.annotations.NullMarked;
