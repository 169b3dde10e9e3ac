/**
 * The tests that every {@link dev.atlex.session.store.SessionStore} must pass. To test a store, extend
 * {@link dev.atlex.session.tck.SessionStoreTck}.
 */
@NullMarked
package dev.atlex.session.tck;

import org.jspecify.annotations.NullMarked;
