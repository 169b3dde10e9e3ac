/** Encodings that the data model is built on, and stacks for deep values. Not exported: no part of the API. */
@NullMarked
package dev.atlex.data.internal;

import org.jspecify.annotations.NullMarked;
