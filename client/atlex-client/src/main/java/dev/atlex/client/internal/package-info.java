/** The machinery behind calls: building requests, retrying, following redirects and parsing responses. */
@NullMarked
package dev.atlex.client.internal;

import org.jspecify.annotations.NullMarked;
