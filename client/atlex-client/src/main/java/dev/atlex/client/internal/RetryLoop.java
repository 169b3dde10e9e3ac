package dev.atlex.client.internal;

import dev.atlex.client.AgentRequest;
import dev.atlex.client.CallOptions;
import dev.atlex.client.RecordConflictException;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.TransportException;
import dev.atlex.schema.Method;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * One call: one request after another, until one succeeds or nothing is left to try.
 *
 * <p>Where there is a {@link OutcomeCheck}, every attempt after one of unknown outcome first asks whether that one succeeded.
 */
final class RetryLoop<T> {
    private static final Set<Integer> REFUSALS = Set.of(400, 409, 500);

    private final Method<?> method;
    private final CallOptions options;
    private final TimeSource timing;
    private final Function<AgentRequest, T> sender;
    private final @Nullable OutcomeCheck<T> settlement;
    private final Deadline deadline;
    private AgentRequest request;

    /** The last failure after which nobody knows whether the server did it. */
    private @Nullable XrpcException unknown;

    /**
     * @param sender makes one attempt
     * @param settlement null where an attempt of unknown outcome stays one
     */
    RetryLoop(
            Method<?> method,
            AgentRequest request,
            CallOptions options,
            TimeSource timing,
            Function<AgentRequest, T> sender,
            @Nullable OutcomeCheck<T> settlement) {
        this.method = method;
        this.request = request;
        this.options = options;
        this.timing = timing;
        this.sender = sender;
        this.settlement = settlement;
        this.deadline = timing.deadline(options.timeout());
    }

    T run() {
        for (int attempt = 1; ; attempt++) {
            XrpcException failure;
            try {
                return attempt();
            } catch (RecordConflictException e) {
                throw e;
            } catch (XrpcException e) {
                failure = e;
            }
            Duration wait = request.isReplayable()
                    ? Retries.delay(method, failure, options.retries(), attempt, settlement != null, timing)
                    : null;
            if (wait == null || wait.compareTo(left()) >= 0) {
                throw outcome(failure);
            }
            pause(wait, failure);
            // Waiting may take longer than it should.
            if (isOver()) {
                throw outcome(failure);
            }
            request = request.withTimeout(left());
        }
    }

    private T attempt() {
        XrpcException before = unknown;
        if (before != null && settlement != null) {
            T settled = settlement.settle(before, left());
            if (settled != null) {
                return settled;
            }
            if (isOver()) {
                throw before;
            }
            request = request.withTimeout(left());
        }
        try {
            return sender.apply(request);
        } catch (TransportException e) {
            return failed(new XrpcTransportException(method, e), before != null);
        } catch (XrpcException e) {
            return failed(e, before != null);
        }
    }

    private T failed(XrpcException failure, boolean repeated) {
        if (settlement == null) {
            throw failure;
        }
        boolean perhapsThere = repeated || settlement.fromTheStart();
        T settled = perhapsThere && isRefusal(failure) ? settle(settlement, failure) : null;
        if (settled != null) {
            return settled;
        }
        if (Retries.mayHaveBeenDone(failure)) {
            unknown = failure;
        }
        throw failure;
    }

    /** Servers have different words for what is there already; the reference server's is the status 500. */
    private static boolean isRefusal(XrpcException failure) {
        return failure instanceof XrpcResponseException response && REFUSALS.contains(response.status());
    }

    private @Nullable T settle(OutcomeCheck<T> settlement, XrpcException refusal) {
        if (isOver()) {
            return null;
        }
        try {
            return settlement.settle(refusal, left());
        } catch (RecordConflictException e) {
            throw e;
        } catch (XrpcException e) {
            refusal.addSuppressed(e);
            return null;
        }
    }

    /** What to throw at the end: a failure that leaves the outcome open, if there was one that no later one made clear. */
    private XrpcException outcome(XrpcException failure) {
        XrpcException open = unknown;
        boolean tellsNothing = !failure.method().nsid().equals(method.nsid()) || Retries.certainlyNotDone(failure);
        if (open == null || open == failure || !tellsNothing) {
            return failure;
        }
        open.addSuppressed(failure);
        return open;
    }

    private void pause(Duration wait, XrpcException failure) {
        try {
            timing.sleeper().sleep(wait);
        } catch (TransportException e) {
            XrpcTransportException interrupted = new XrpcTransportException(failure.method(), e);
            interrupted.addSuppressed(failure);
            throw interrupted;
        }
    }

    private boolean isOver() {
        return left().isZero();
    }

    private Duration left() {
        return deadline.leftWithin(options.timeout());
    }
}
