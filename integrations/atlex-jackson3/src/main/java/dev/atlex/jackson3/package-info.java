/** A Jackson 3 module for Atlex's types: {@link dev.atlex.jackson3.AtlexModule}. */
@NullMarked
package dev.atlex.jackson3;

import org.jspecify.annotations.NullMarked;
