/** Generated from the lexicons below {@code com.example.lang}. */
@NullMarked
package com.example.lang;

import org.jspecify.annotations.NullMarked;
