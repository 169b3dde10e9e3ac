/**
 * Sessions made with a password, best an app password: {@link dev.atlex.session.PasswordSession} signs in, adds the access
 * token to every request, renews it when it has expired, and tells when the session is over.
 */
@NullMarked
package dev.atlex.session;

import org.jspecify.annotations.NullMarked;
