/**
 * DPoP proofs, the nonces of servers, and their clocks. This package isn't part of the API and may change at any time.
 */
@NullMarked
package dev.atlex.oauth.internal.dpop;

import org.jspecify.annotations.NullMarked;
