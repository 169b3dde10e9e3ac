/**
 * Helpers that all modules of the project share, and encodings that the data model is built on. Exported to those modules
 * only: not part of the API.
 */
@NullMarked
package dev.atlex.data.internal;

import org.jspecify.annotations.NullMarked;
