package dev.atlex.session.internal;

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
