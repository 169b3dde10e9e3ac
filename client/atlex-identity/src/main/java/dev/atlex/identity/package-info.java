/**
 * Resolves handles and DIDs to accounts.
 *
 * <p>An {@link dev.atlex.identity.IdentityResolver} looks up the DID of a handle in the DNS or on a website, and the
 * document of a DID in a directory or on a website. A handle is trusted only if the handle and the DID name each other.
 * Each {@link dev.atlex.identity.IdentityException} reports whether the identity doesn't exist or the lookup failed.
 *
 * <p>Documents and host names come from untrusted sources. By default, requests are sent only to public hosts.
 *
 * @see <a href="https://atproto.com/specs/handle">AT Protocol: handle</a>
 * @see <a href="https://atproto.com/specs/did">AT Protocol: DID</a>
 */
@NullMarked
package dev.atlex.identity;

import org.jspecify.annotations.NullMarked;
