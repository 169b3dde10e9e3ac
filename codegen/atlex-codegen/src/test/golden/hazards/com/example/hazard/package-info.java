/** Generated from the lexicons below {@code com.example.hazard}. */
@NullMarked
package com.example.hazard;

import org.jspecify.annotations.NullMarked;
