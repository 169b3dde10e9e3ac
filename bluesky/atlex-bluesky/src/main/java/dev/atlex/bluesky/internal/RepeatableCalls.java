package dev.atlex.bluesky.internal;

import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.RetryOptions;

/**
 * Options for idempotent procedures, such as an upload or a delete. Unlike other procedures, they can be retried if the
 * outcome of an attempt is unknown.
 */
public final class RepeatableCalls {
    private RepeatableCalls() {}

    /** Returns the client's own retries, for all failures that may be temporary. */
    public static RetryOptions retries(Client client) {
        return client.defaults().retries().toBuilder()
                .when((failure, attempt) -> failure.retryable())
                .build();
    }

    /** Like {@link #retries}, as call options. */
    public static CallOptions options(Client client) {
        return CallOptions.of(o -> o.retries(retries(client)));
    }
}
