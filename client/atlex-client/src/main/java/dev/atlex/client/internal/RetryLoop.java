package dev.atlex.client.internal;

import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.RecordConflictException;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponse;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.XrpcTransportException;
import dev.atlex.client.transport.Deadline;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.schema.Method;
import java.time.Duration;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Makes calls: sends a request, and retries it until it succeeds or no retry is allowed.
 *
 * <p>The deadline of a call starts here and travels in each of its requests, so the agent and the transport know how
 * much time is left. Waits count toward it. With an {@link OutcomeCheck}, an attempt that follows one with an unknown
 * outcome first checks whether the earlier one succeeded. Decision 0004 lists the failures that are retried.
 */
public final class RetryLoop {
    private final Agent agent;
    private final TimeSource time;

    /** Creates a loop that sends requests with this agent. */
    public RetryLoop(Agent agent, TimeSource time) {
        this.agent = agent;
        this.time = time;
    }

    /**
     * Makes a call and decodes the response.
     *
     * @throws XrpcException if the call fails
     */
    public <O> XrpcResponse<O> call(Call<O> call, CallOptions options) {
        return call(call, options, null);
    }

    /**
     * Like {@link #call(Call, CallOptions)}, for a call that an outcome check makes safe to repeat.
     *
     * @param check the check, or null if the outcome of a lost attempt can't be checked
     */
    public <O> XrpcResponse<O> call(Call<O> call, CallOptions options, @Nullable OutcomeCheck<XrpcResponse<O>> check) {
        return run(
                call, options, response -> ResponseParser.parse(call.method(), response, options, time.clock()), check);
    }

    /**
     * Makes a call and returns the response with its body unread. The caller closes it.
     *
     * @throws XrpcException if the call fails
     */
    public TransportResponse stream(Call<?> call, CallOptions options) {
        return run(
                call,
                options,
                response -> {
                    ResponseParser.checkStream(call.method(), response, options, time.clock());
                    return response;
                },
                null);
    }

    private <T> T run(
            Call<?> call, CallOptions options, Function<TransportResponse, T> parser, @Nullable OutcomeCheck<T> check) {
        AgentRequest request = RequestWriter.write(call, options);
        Deadline deadline = time.deadline(options.timeout());
        ObservedCall observed = ObservedCall.start(agent.observer(), call.method());
        try {
            T result = new Attempts<>(
                            call.method(), request.withDeadline(deadline), deadline, options, parser, check, observed)
                    .run();
            observed.succeeded();
            return result;
        } catch (RuntimeException | Error e) {
            observed.failed(e);
            throw e;
        }
    }

    /** The attempts of one call. */
    private final class Attempts<T> {
        /**
         * Statuses with which servers refuse to create a record that already exists. The reference server returns 500.
         */
        private static final Set<Integer> REFUSALS = Set.of(400, 409, 500);

        private final Method<?> method;
        private final AgentRequest request;
        private final Deadline deadline;
        private final CallOptions options;
        private final Function<TransportResponse, T> parser;
        private final @Nullable OutcomeCheck<T> check;
        private final ObservedCall observed;

        /** The last failure after which the outcome is unknown. */
        private @Nullable XrpcException unknown;

        Attempts(
                Method<?> method,
                AgentRequest request,
                Deadline deadline,
                CallOptions options,
                Function<TransportResponse, T> parser,
                @Nullable OutcomeCheck<T> check,
                ObservedCall observed) {
            this.method = method;
            this.request = request;
            this.deadline = deadline;
            this.options = options;
            this.parser = parser;
            this.check = check;
            this.observed = observed;
        }

        T run() {
            for (int attempt = 1; ; attempt++) {
                XrpcException failure;
                try {
                    return attempt(attempt);
                } catch (RecordConflictException e) {
                    throw e;
                } catch (XrpcException e) {
                    failure = e;
                }
                Duration wait = request.isReplayable()
                        ? Retries.delay(method, failure, options.retries(), attempt, check != null, time)
                        : null;
                if (wait == null || wait.compareTo(left()) >= 0) {
                    throw last(failure);
                }
                observed.retrying(failure, attempt, wait);
                pause(wait, failure);
                // Sleeping may take longer than requested.
                if (isOver()) {
                    throw last(failure);
                }
            }
        }

        private T attempt(int number) {
            XrpcException before = unknown;
            if (before != null && check != null) {
                T found = check.find(before, left());
                if (found != null) {
                    return found;
                }
                if (isOver()) {
                    throw before;
                }
            }
            try {
                return parser.apply(agent.send(number == 1 ? request : request.withAttempt(number)));
            } catch (TransportException e) {
                return failed(new XrpcTransportException(method, e), before != null);
            } catch (XrpcException e) {
                return failed(e, before != null);
            }
        }

        private T failed(XrpcException failure, boolean repeated) {
            if (check == null) {
                throw failure;
            }
            boolean mayExist = repeated || check.fromFirstAttempt();
            T found = mayExist && isRefusal(failure) ? find(check, failure) : null;
            if (found != null) {
                return found;
            }
            if (Retries.outcomeUnknown(failure)) {
                unknown = failure;
            }
            throw failure;
        }

        private static boolean isRefusal(XrpcException failure) {
            return failure instanceof XrpcResponseException response && REFUSALS.contains(response.status());
        }

        private @Nullable T find(OutcomeCheck<T> check, XrpcException refusal) {
            if (isOver()) {
                return null;
            }
            try {
                return check.find(refusal, left());
            } catch (RecordConflictException e) {
                throw e;
            } catch (XrpcException e) {
                refusal.addSuppressed(e);
                return null;
            }
        }

        /**
         * Returns the exception to throw: an earlier failure if it left the outcome unknown and no later attempt
         * resolved it.
         */
        private XrpcException last(XrpcException failure) {
            XrpcException open = unknown;
            boolean settlesNothing =
                    !failure.method().nsid().equals(method.nsid()) || Retries.certainlyNotDone(failure);
            if (open == null || open == failure || !settlesNothing) {
                return failure;
            }
            open.addSuppressed(failure);
            return open;
        }

        private void pause(Duration wait, XrpcException failure) {
            try {
                time.sleeper().sleep(wait);
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
}
