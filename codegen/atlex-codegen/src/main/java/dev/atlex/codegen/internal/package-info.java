/** What the generator is made of: one class per construct of the language. */
@NullMarked
package dev.atlex.codegen.internal;

import org.jspecify.annotations.NullMarked;
