/** Requests with a session's tokens, and the server that issues them. Not part of the API: may change at any time. */
@NullMarked
package dev.atlex.session.internal.auth;

import org.jspecify.annotations.NullMarked;
