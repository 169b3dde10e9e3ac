package dev.atlex.testkit.internal;

import org.jspecify.annotations.Nullable;

/**
 * A response and how to send it.
 *
 * @param response the response, or null to close the connection without one
 * @param cutAt the number of bytes of the body to send before closing the connection; negative to send the whole body
 *     and keep the connection open
 */
record Delivery(@Nullable Response response, int cutAt) {
    static final Delivery NONE = new Delivery(null, -1);

    static Delivery whole(Response response) {
        return new Delivery(response, -1);
    }

    /** Announces the whole body, but sends only half of it. */
    static Delivery truncated(Response response) {
        return new Delivery(response, response.body.length / 2);
    }
}
