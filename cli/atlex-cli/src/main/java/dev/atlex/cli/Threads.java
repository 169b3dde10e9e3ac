package dev.atlex.cli;

import java.util.concurrent.TimeUnit;

/** The threads of this JVM that would keep it waiting. */
final class Threads {
    private static final String CLIENTS = "HttpClient-";
    private static final String SELECTORS = "-SelectorManager";

    /** Far more than it takes. */
    private static final long PATIENCE_MILLIS = 50;

    private Threads() {}

    /**
     * Ends the threads that {@code java.net.http} waits for connections in. To the JVM, they are at work in native code, and
     * where there is such a thread, its exit waits 300 ms, which is longer than all the rest of a short command. A client can't
     * be closed before JDK 21; its selector's thread ends when it is interrupted. Should it have another name some day, the
     * program ends as late as without this.
     */
    static void endSelectors() {
        Thread[] threads = new Thread[Thread.activeCount() + 8];
        int count = Thread.enumerate(threads);
        long deadline = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(PATIENCE_MILLIS);
        try {
            for (int i = 0; i < count; i++) {
                if (isSelector(threads[i])) {
                    threads[i].interrupt();
                }
            }
            for (int i = 0; i < count; i++) {
                long left = TimeUnit.NANOSECONDS.toMillis(deadline - System.nanoTime());
                if (left > 0 && isSelector(threads[i])) {
                    threads[i].join(left);
                }
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isSelector(Thread thread) {
        String name = thread.getName();
        return name.startsWith(CLIENTS) && name.endsWith(SELECTORS);
    }
}
