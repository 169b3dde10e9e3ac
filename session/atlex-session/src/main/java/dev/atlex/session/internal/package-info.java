/** What sessions are made of. */
@NullMarked
package dev.atlex.session.internal;

import org.jspecify.annotations.NullMarked;
