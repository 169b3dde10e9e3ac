/** WebSockets: the only part that touches the network. */
@NullMarked
package dev.atlex.streams.internal.socket;

import org.jspecify.annotations.NullMarked;
