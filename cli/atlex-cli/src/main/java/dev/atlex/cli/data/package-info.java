/** Commands that convert data line by line: {@code cid}, {@code json2cbor} and {@code cbor2json}. */
@NullMarked
package dev.atlex.cli.data;

import org.jspecify.annotations.NullMarked;
