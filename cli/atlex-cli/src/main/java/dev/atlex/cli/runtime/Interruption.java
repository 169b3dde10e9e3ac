package dev.atlex.cli.runtime;

/**
 * Ends a command that runs until it is interrupted. A requested shutdown is a success, but the JVM's own status after a
 * signal would be a failure.
 */
public final class Interruption {
    private final Thread hook;

    /** @param end ends the command when the process is interrupted or terminated */
    public Interruption(Runnable end) {
        hook = new Thread(() -> {
            try {
                end.run();
            } finally {
                Runtime.getRuntime().halt(0);
            }
        });
        Runtime.getRuntime().addShutdownHook(hook);
    }

    /** Lets the process exit normally. */
    public void cancel() {
        try {
            Runtime.getRuntime().removeShutdownHook(hook);
        } catch (IllegalStateException e) {
            // The process is being interrupted, and the hook ends it.
        }
    }
}
