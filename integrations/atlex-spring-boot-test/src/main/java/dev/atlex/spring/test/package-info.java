/**
 * Support for testing Spring Boot applications with a local server:
 * {@link dev.atlex.spring.test.AutoConfigureLocalPds}.
 */
@NullMarked
package dev.atlex.spring.test;

import org.jspecify.annotations.NullMarked;
