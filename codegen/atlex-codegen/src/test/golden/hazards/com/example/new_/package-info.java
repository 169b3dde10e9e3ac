/** Generated from the lexicons below {@code com.example.new_}. */
@NullMarked
package com.example.new_;

import org.jspecify.annotations.NullMarked;
