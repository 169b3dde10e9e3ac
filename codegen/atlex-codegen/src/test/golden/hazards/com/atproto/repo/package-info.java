/** Generated from the lexicons below {@code com.atproto.repo}. */
@NullMarked
package com.atproto.repo;

import org.jspecify.annotations.NullMarked;
