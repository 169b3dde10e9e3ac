package dev.atlex.testkit.internal;

import org.jspecify.annotations.Nullable;

/**
 * How an answer goes out.
 *
 * @param answer what is sent, or null where the connection is closed without a word
 * @param cutAt how many bytes of the body are sent before the connection is closed; negative: all, and it stays open
 */
record Delivery(@Nullable Response answer, int cutAt) {
    static final Delivery NONE = new Delivery(null, -1);

    static Delivery whole(Response answer) {
        return new Delivery(answer, -1);
    }

    /** The body announced in full, and cut at half. */
    static Delivery truncated(Response answer) {
        return new Delivery(answer, answer.body.length / 2);
    }
}
