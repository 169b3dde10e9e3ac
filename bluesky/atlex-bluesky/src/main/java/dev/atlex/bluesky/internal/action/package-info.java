/** Actions on posts, accounts and lists, and changes to the profile and preferences. */
@NullMarked
package dev.atlex.bluesky.internal.action;

import org.jspecify.annotations.NullMarked;
