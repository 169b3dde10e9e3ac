/**
 * Sign-in with OAuth in Spring web applications: {@link dev.atlex.spring.oauth.AtlexOAuthAutoConfiguration}, its
 * {@link dev.atlex.spring.oauth.AtlexOAuthProperties}, and {@link dev.atlex.spring.oauth.SignedInUser} for controllers.
 */
@NullMarked
package dev.atlex.spring.oauth;

import org.jspecify.annotations.NullMarked;
