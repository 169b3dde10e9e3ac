/** Generated from the lexicons below {@code org.sample.new_.chat.example.one}. */
@NullMarked
package org.sample.new_.chat.example.one;

import org.jspecify.annotations.NullMarked;
