/**
 * From a handle or a DID to the account behind it.
 *
 * <p>An {@link dev.atlex.identity.IdentityResolver} asks the DNS and the web for the DID of a handle, a directory or the
 * web for the document of a DID, and believes a handle only if both name each other. What cannot be found out ends in one
 * of the {@link dev.atlex.identity.IdentityException}s, which tell "there is none" from "could not be asked just now".
 *
 * <p>All that it reads was written by strangers, and so were the addresses it has to ask: it keeps to public hosts unless
 * it is told otherwise.
 *
 * @see <a href="https://atproto.com/specs/handle">AT Protocol: handle</a>
 * @see <a href="https://atproto.com/specs/did">AT Protocol: DID</a>
 */
@NullMarked
package dev.atlex.identity;

import org.jspecify.annotations.NullMarked;
