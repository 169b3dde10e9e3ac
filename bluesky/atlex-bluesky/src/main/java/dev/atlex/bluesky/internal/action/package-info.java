/** What an account does to posts, accounts and lists, and to its own profile and preferences. */
@NullMarked
package dev.atlex.bluesky.internal.action;

import org.jspecify.annotations.NullMarked;
