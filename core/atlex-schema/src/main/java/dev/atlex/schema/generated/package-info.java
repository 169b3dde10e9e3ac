/**
 * Supports generated code: base classes of codecs, and the constraints that they check while reading.
 *
 * <p>Programs use the generated classes and {@link dev.atlex.schema} instead. This package may change with any version
 * of the generator. Use generated code with the module version that matches its generator.
 */
@NullMarked
package dev.atlex.schema.generated;

import org.jspecify.annotations.NullMarked;
