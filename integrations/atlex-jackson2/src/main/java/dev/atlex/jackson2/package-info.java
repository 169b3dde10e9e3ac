/** A Jackson 2 module for Atlex's types: {@link dev.atlex.jackson2.AtlexModule}. */
@NullMarked
package dev.atlex.jackson2;

import org.jspecify.annotations.NullMarked;
