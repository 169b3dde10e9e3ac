/** Actions on posts, accounts and lists, and edits of the profile and preferences. */
@NullMarked
package dev.atlex.bluesky.internal.action;

import org.jspecify.annotations.NullMarked;
