/**
 * Helpers shared by the project's modules, and encodings used by the data model. Exported only to those modules; not
 * public API.
 */
@NullMarked
package dev.atlex.data.internal;

import org.jspecify.annotations.NullMarked;
