/** The part that is specific to Spring Boot 3: the health indicator. */
@NullMarked
package dev.atlex.spring.boot3;

import org.jspecify.annotations.NullMarked;
