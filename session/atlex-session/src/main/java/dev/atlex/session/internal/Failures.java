package dev.atlex.session.internal;

import dev.atlex.session.SessionStoreException;

/** Distinguishes failures of a single account, hook, or store from failures of the whole JVM. */
public final class Failures {
    private Failures() {}

    /**
     * Returns whether the JVM itself failed, for example by running out of memory. A {@link StackOverflowError} isn't
     * fatal: a single input caused it, and the stack has unwound by the time the error is caught.
     */
    public static boolean isFatal(Throwable failure) {
        return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }

    /**
     * Returns a description that is safe to log: the message if this is a {@link SessionStoreException}, whose messages
     * never contain stored values; otherwise, just the class name.
     */
    public static String describe(Throwable failure) {
        String message = failure instanceof SessionStoreException ? failure.getMessage() : null;
        return message == null ? failure.getClass().getName() : message;
    }

    /**
     * Rethrows the failure if it is {@linkplain #isFatal fatal}.
     *
     * @throws VirtualMachineError the failure, if it is fatal
     */
    public static void rethrowFatal(Throwable failure) {
        if (failure instanceof VirtualMachineError fatal && isFatal(fatal)) {
            throw fatal;
        }
    }
}
