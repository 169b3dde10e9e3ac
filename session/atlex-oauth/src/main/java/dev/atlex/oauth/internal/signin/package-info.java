/** The sign-in: from the request for authorization to the callback. */
@NullMarked
package dev.atlex.oauth.internal.signin;

import org.jspecify.annotations.NullMarked;
