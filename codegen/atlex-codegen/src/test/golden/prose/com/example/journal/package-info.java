/** Generated from the lexicons below {@code com.example.journal}. */
@NullMarked
package com.example.journal;

import org.jspecify.annotations.NullMarked;
