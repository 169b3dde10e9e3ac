/** WebSockets: the only part that uses the network. */
@NullMarked
package dev.atlex.streams.internal.socket;

import org.jspecify.annotations.NullMarked;
