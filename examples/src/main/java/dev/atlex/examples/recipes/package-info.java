/**
 * Small programs for common tasks on Bluesky; {@code docs/recipes} explains each of them. They run against a server
 * inside their own process, or with the account in {@code ATLEX_SERVICE}, {@code ATLEX_HANDLE} and
 * {@code ATLEX_PASSWORD}.
 */
@NullMarked
package dev.atlex.examples.recipes;

import org.jspecify.annotations.NullMarked;
