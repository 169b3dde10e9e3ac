/**
 * An OAuth authorization server with the behavior of the reference server: pushed requests, sign-in pages, tokens bound
 * to DPoP keys, and the checks of a resource server.
 */
@NullMarked
package dev.atlex.testkit.internal.oauth;

import org.jspecify.annotations.NullMarked;
