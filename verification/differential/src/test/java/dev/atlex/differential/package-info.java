/**
 * The differential test evaluates generated values with Atlex, both with generated classes and with schemas at run
 * time, and with the TypeScript packages from npm. All must agree whether a value is valid, and write the same bytes,
 * apart from {@link dev.atlex.differential.KnownDifferences}.
 */
@NullMarked
package dev.atlex.differential;

import org.jspecify.annotations.NullMarked;
