/**
 * Sessions that begin with a password, preferably an app password. {@link dev.atlex.session.PasswordSession} signs in,
 * adds the access token to every request, refreshes it when it has expired, and reports when the session has ended.
 */
@NullMarked
package dev.atlex.session;

import org.jspecify.annotations.NullMarked;
