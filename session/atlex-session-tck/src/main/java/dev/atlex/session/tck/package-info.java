/**
 * The tests that every {@link dev.atlex.session.store.SessionStore} has to pass. Authors of stores extend
 * {@link dev.atlex.session.tck.SessionStoreTck}.
 */
@NullMarked
package dev.atlex.session.tck;

import org.jspecify.annotations.NullMarked;
