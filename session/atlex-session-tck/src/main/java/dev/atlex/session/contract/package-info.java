/**
 * The tests that every {@link dev.atlex.session.SessionStore} has to pass. Authors of stores extend
 * {@link dev.atlex.session.contract.SessionStoreContract}.
 */
@NullMarked
package dev.atlex.session.contract;

import org.jspecify.annotations.NullMarked;
