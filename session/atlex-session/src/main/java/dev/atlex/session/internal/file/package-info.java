/** The files, locks and permissions of a session folder. Not part of the API: may change at any time. */
@NullMarked
package dev.atlex.session.internal.file;

import org.jspecify.annotations.NullMarked;
