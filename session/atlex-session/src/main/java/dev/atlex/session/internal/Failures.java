package dev.atlex.session.internal;

import dev.atlex.session.SessionStoreException;

/** Distinguishes failures of one account, hook or store from failures of the whole virtual machine. */
public final class Failures {
    private Failures() {}

    /**
     * Returns whether the virtual machine itself failed, for example by running out of memory. A
     * {@link StackOverflowError} isn't fatal: one input caused it, and the stack is free again when it is caught.
     */
    public static boolean isFatal(Throwable failure) {
        return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }

    /**
     * Returns a description for the log without secrets: the message of a {@link SessionStoreException}, which never
     * quotes a value, and otherwise only the name of the class.
     */
    public static String describe(Throwable failure) {
        String message = failure instanceof SessionStoreException ? failure.getMessage() : null;
        return message == null ? failure.getClass().getName() : message;
    }

    /**
     * Rethrows a fatal failure ({@link #isFatal}).
     *
     * @throws VirtualMachineError the failure, if it is fatal
     */
    public static void rethrowFatal(Throwable failure) {
        if (failure instanceof VirtualMachineError fatal && isFatal(fatal)) {
            throw fatal;
        }
    }
}
