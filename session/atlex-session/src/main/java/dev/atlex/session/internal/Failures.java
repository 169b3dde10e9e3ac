package dev.atlex.session.internal;

/** Tells failures of one account, hook or store from failures of the whole virtual machine. */
public final class Failures {
    private Failures() {}

    /**
     * Returns whether the virtual machine itself failed, by running out of memory say. A {@link StackOverflowError} is not
     * fatal: it says something about one input, and the stack is free again when it is caught.
     */
    public static boolean isFatal(Throwable failure) {
        return failure instanceof VirtualMachineError && !(failure instanceof StackOverflowError);
    }

    /**
     * Rethrows what is fatal ({@link #isFatal}).
     *
     * @throws VirtualMachineError the failure, if it is fatal
     */
    public static void rethrowFatal(Throwable failure) {
        if (failure instanceof VirtualMachineError fatal && isFatal(fatal)) {
            throw fatal;
        }
    }
}
