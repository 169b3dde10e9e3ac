/** Finds and verifies the authorization servers of accounts and servers. */
@NullMarked
package dev.atlex.oauth.internal.discovery;

import org.jspecify.annotations.NullMarked;
