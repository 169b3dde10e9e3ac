/** Generated from the lexicons below {@code com.example.method}. */
@NullMarked
package com.example.method;

import org.jspecify.annotations.NullMarked;
