/**
 * The differential test: generated values are put to Atlex, by its generated classes and by its schemas at run time, and to
 * the TypeScript packages from npm. All must come to the same verdict and to the same bytes, but for the differences that
 * {@link dev.atlex.differential.KnownDifferences} lists.
 */
@NullMarked
package dev.atlex.differential;

import org.jspecify.annotations.NullMarked;
