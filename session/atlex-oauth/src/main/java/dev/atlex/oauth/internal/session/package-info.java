/**
 * An OAuth session's state, its entry in the store, its refresh and its end. This package isn't part of the API and may
 * change at any time.
 */
@NullMarked
package dev.atlex.oauth.internal.session;

import org.jspecify.annotations.NullMarked;
