/**
 * Helpers that the project's modules share, and encodings that the data model uses. Exported only to those modules; not
 * public API.
 */
@NullMarked
package dev.atlex.data.internal;

import org.jspecify.annotations.NullMarked;
