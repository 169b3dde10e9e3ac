/** Generated from the lexicons below {@code com.example.my_app._2fast}. */
@NullMarked
package com.example.my_app._2fast;

import org.jspecify.annotations.NullMarked;
