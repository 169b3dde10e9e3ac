/** What calls are made of. */
@NullMarked
package dev.atlex.client.internal;

import org.jspecify.annotations.NullMarked;
