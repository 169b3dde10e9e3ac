package dev.atlex.client;

import java.time.Duration;

/** Options that the client derives from a caller's {@link CallOptions} for calls with special needs. */
final class DerivedOptions {
    private DerivedOptions() {}

    /** Returns the options with this many retries, unless they or the client's defaults set retries. */
    static CallOptions withRetries(CallOptions options, CallOptions defaults, int maxRetries) {
        return options.settings().retries != null || defaults.settings().retries != null
                ? options
                : options.toBuilder().retries(maxRetries).build();
    }

    /** Returns the options with strictness turned on, unless they or the client's defaults set it. */
    static CallOptions withStrict(CallOptions options, CallOptions defaults) {
        return options.settings().strict != null || defaults.settings().strict != null
                ? options
                : options.toBuilder().strict(true).build();
    }

    /** Returns options that override the client's defaults for proxying and labelers, even if they set neither. */
    static CallOptions withoutDefaultRouting(CallOptions options) {
        CallOptions.Builder own = options.toBuilder();
        if (options.proxy() == null) {
            own.noProxy();
        }
        if (options.labelers() == null && options.headers().first(CallSettings.LABELERS) == null) {
            own.noLabelers();
        } else if (options.labelers() == null) {
            own.labelers();
        }
        return own.build();
    }

    /**
     * Returns options for checking the outcome of a create. The check isn't retried, and it reads leniently, because
     * the record may have been written by a different program.
     *
     * @param options the options for the create
     * @param timeLeft the time left until the create's deadline
     */
    static CallOptions forOutcomeCheck(CallOptions options, Duration timeLeft) {
        CallSettings check = options.toBuilder()
                .timeout(timeLeft)
                .retries(RetryOptions.DEFAULTS)
                .strict(false)
                .validateResponse(true)
                .build()
                .settings()
                .copy();
        check.encoding = null;
        return new CallOptions(check);
    }
}
