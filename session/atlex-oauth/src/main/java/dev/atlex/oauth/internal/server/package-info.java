/** Requests to authorization servers. This package isn't part of the API and may change at any time. */
@NullMarked
package dev.atlex.oauth.internal.server;

import org.jspecify.annotations.NullMarked;
