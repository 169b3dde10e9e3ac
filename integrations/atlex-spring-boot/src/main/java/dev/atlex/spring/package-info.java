/**
 * Spring Boot support that the starters for Spring Boot 3 and 4 share: {@link dev.atlex.spring.AtlexAutoConfiguration}
 * and its {@link dev.atlex.spring.AtlexProperties}.
 */
@NullMarked
package dev.atlex.spring;

import org.jspecify.annotations.NullMarked;
