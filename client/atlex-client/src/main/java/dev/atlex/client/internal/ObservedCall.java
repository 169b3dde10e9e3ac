package dev.atlex.client.internal;

import dev.atlex.client.CallObservation;
import dev.atlex.client.CallObserver;
import dev.atlex.client.XrpcException;
import dev.atlex.schema.Method;
import java.lang.System.Logger.Level;
import java.time.Duration;

/** Calls a {@link CallObserver}, whose failures are logged and don't affect the call. */
final class ObservedCall {
    private final CallObservation observation;

    private ObservedCall(CallObservation observation) {
        this.observation = observation;
    }

    static ObservedCall start(CallObserver observer, Method<?> method) {
        try {
            return new ObservedCall(observer.start(method));
        } catch (Throwable e) {
            log(e);
            return new ObservedCall(CallObservation.NONE);
        }
    }

    void retrying(XrpcException failure, int attempt, Duration wait) {
        quietly(() -> observation.retrying(failure, attempt, wait));
    }

    void succeeded() {
        quietly(observation::succeeded);
    }

    void failed(Throwable failure) {
        quietly(() -> observation.failed(failure));
    }

    private static void quietly(Runnable event) {
        try {
            event.run();
        } catch (Throwable e) { // Catches errors too, because the wrong version of a library must not make calls fail.
            log(e);
        }
    }

    private static void log(Throwable thrown) {
        RequestLog.LOG.log(
                Level.WARNING,
                "a call observer threw {0}; the call continues",
                thrown.getClass().getName());
    }
}
