package dev.atlex.client;

import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.data.ReadProblem;
import dev.atlex.syntax.Did;
import java.time.Duration;
import java.util.Set;
import java.util.StringJoiner;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** The settings in {@link CallOptions} and their builder. Null means not set. */
final class CallSettings {
    static final String LABELERS = "atproto-accept-labelers";

    HttpHeaders headers = HttpHeaders.of();

    /** Empty if proxying was turned off explicitly. */
    @Nullable
    String proxy;

    @Nullable
    Set<Did> labelers;

    boolean noLabelers;

    @Nullable
    Set<Did> appLabelers;

    @Nullable
    Duration timeout;

    @Nullable
    Long maxResponseBytes;

    @Nullable
    String encoding;

    @Nullable
    Boolean validateRequest;

    @Nullable
    Boolean validateResponse;

    @Nullable
    Boolean strict;

    @Nullable
    InvalidItems invalidItems;

    @Nullable
    Consumer<? super ReadProblem> onProblem;

    @Nullable
    Integer maxDepth;

    @Nullable
    RetryOptions retries;

    @Nullable
    Boolean idempotentCreates;

    CallSettings copy() {
        return orElse(new CallSettings());
    }

    /**
     * Returns these settings, with unset ones taken from {@code others}. Headers from both are sent; if both set the
     * same header, the value in these settings wins.
     */
    CallSettings orElse(CallSettings others) {
        CallSettings merged = new CallSettings();
        HttpHeaders.Builder all = others.headers.toBuilder();
        headers.names().forEach(all::remove);
        headers.forEach(all::add);
        merged.headers = all.build();
        merged.proxy = or(proxy, others.proxy);
        merged.labelers = noLabelers ? null : or(labelers, others.labelers);
        merged.noLabelers = noLabelers || others.noLabelers && labelers == null && headers.first(LABELERS) == null;
        merged.appLabelers = or(appLabelers, others.appLabelers);
        merged.timeout = or(timeout, others.timeout);
        merged.maxResponseBytes = or(maxResponseBytes, others.maxResponseBytes);
        merged.encoding = or(encoding, others.encoding);
        merged.validateRequest = or(validateRequest, others.validateRequest);
        merged.validateResponse = or(validateResponse, others.validateResponse);
        merged.strict = or(strict, others.strict);
        merged.invalidItems = or(invalidItems, others.invalidItems);
        merged.onProblem = or(onProblem, others.onProblem);
        merged.maxDepth = or(maxDepth, others.maxDepth);
        merged.retries = or(retries, others.retries);
        merged.idempotentCreates = or(idempotentCreates, others.idempotentCreates);
        return merged;
    }

    private static <T> @Nullable T or(@Nullable T own, @Nullable T other) {
        return own == null ? other : own;
    }

    @Override
    public String toString() {
        StringJoiner text = new StringJoiner(", ", "CallOptions[", "]");
        add(text, "headers", headers.names().isEmpty() ? null : headers);
        add(text, "proxy", proxy == null || !proxy.isEmpty() ? proxy : "none");
        add(text, "labelers", noLabelers ? "none" : labelers);
        add(text, "appLabelers", appLabelers);
        add(text, "timeout", timeout);
        add(text, "maxResponseBytes", maxResponseBytes);
        add(text, "encoding", encoding);
        add(text, "validateRequest", validateRequest);
        add(text, "validateResponse", validateResponse);
        add(text, "strict", strict);
        add(text, "invalidItems", invalidItems);
        add(text, "onProblem", onProblem == null ? null : "set");
        add(text, "maxDepth", maxDepth);
        add(text, "retries", retries);
        add(text, "idempotentCreates", idempotentCreates);
        return text.toString();
    }

    static void add(StringJoiner text, String name, @Nullable Object value) {
        if (value != null) {
            text.add(name + "=" + value);
        }
    }
}
