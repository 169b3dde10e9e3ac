/** Generated from the lexicons below {@code org.sample.new_.chat.example}. */
@NullMarked
package org.sample.new_.chat.example;

import org.jspecify.annotations.NullMarked;
