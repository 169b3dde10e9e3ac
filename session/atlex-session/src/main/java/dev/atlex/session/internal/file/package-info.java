/**
 * The files, locks and permissions of a session folder. This package isn't part of the API and may change at any time.
 */
@NullMarked
package dev.atlex.session.internal.file;

import org.jspecify.annotations.NullMarked;
