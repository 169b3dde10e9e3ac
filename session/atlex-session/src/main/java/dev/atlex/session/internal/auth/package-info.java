/**
 * Requests with a session's tokens, and the server that issues them. This package isn't part of the API and may change
 * at any time.
 */
@NullMarked
package dev.atlex.session.internal.auth;

import org.jspecify.annotations.NullMarked;
