/** The server's side of the WebSocket protocol. */
@NullMarked
package dev.atlex.testkit.internal.ws;

import org.jspecify.annotations.NullMarked;
