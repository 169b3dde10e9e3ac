/** Generated from the lexicons below {@code org.sample.new_.com.example.one}. */
@NullMarked
package org.sample.new_.com.example.one;

import org.jspecify.annotations.NullMarked;
