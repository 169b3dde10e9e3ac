package dev.atlex.testkit.internal;

import org.jspecify.annotations.Nullable;

/**
 * How a response is sent.
 *
 * @param response the response, or null to close the connection without one
 * @param cutAt the number of bytes of the body after which to close the connection; negative to send all and keep it open
 */
record Delivery(@Nullable Response response, int cutAt) {
    static final Delivery NONE = new Delivery(null, -1);

    static Delivery whole(Response response) {
        return new Delivery(response, -1);
    }

    /** Announces the whole body, but sends half of it. */
    static Delivery truncated(Response response) {
        return new Delivery(response, response.body.length / 2);
    }
}
