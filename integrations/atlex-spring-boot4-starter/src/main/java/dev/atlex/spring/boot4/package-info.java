/** The part that is specific to Spring Boot 4: the health indicator. */
@NullMarked
package dev.atlex.spring.boot4;

import org.jspecify.annotations.NullMarked;
