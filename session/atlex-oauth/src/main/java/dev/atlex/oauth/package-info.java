/**
 * OAuth sessions for programs that act for other people: web applications, desktop programs and command-line tools.
 *
 * @see <a href="https://atproto.com/specs/oauth">AT Protocol: OAuth</a>
 */
@NullMarked
package dev.atlex.oauth;

import org.jspecify.annotations.NullMarked;
