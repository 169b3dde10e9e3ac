package dev.atlex.benchmarks.process;

import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.SessionOptions;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.Locale;

/**
 * How much heap an idle session takes: makes many, counts what is used before and after, and prints it as a line of JSON.
 *
 * <pre>
 * Heap SESSIONS
 * </pre>
 */
public final class Heap {
    private Heap() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        PasswordSession[] sessions = new PasswordSession[count];
        // What all share is there before.
        PasswordSession first = session(count);
        long before = used();
        long tokens = 0;
        for (int i = 0; i < count; i++) {
            sessions[i] = session(i);
            tokens += sessions[i].data().fields().get("accessJwt").toString().length()
                    + sessions[i].data().fields().get("refreshJwt").toString().length()
                    - 4;
        }
        long after = used();
        double all = (after - before) / (double) count;
        System.out.printf(
                Locale.ROOT,
                "{\"bytes\":%.0f,\"tokens\":%.0f,\"beyond\":%.0f}%n",
                all,
                tokens / (double) count,
                all - tokens / (double) count);
        if (first.isEnded() || sessions[count - 1].isEnded()) {
            throw new IllegalStateException("a session ended by itself");
        }
    }

    private static PasswordSession session(int account) {
        String access = Accounts.jwt(Duration.ofHours(2), "access-signature-of-the-usual-length-43-" + account);
        return PasswordSession.of(
                SessionData.parse(Accounts.saved(
                        account, "https://pds.example.com", access, "refresh-signature-of-usual-length-43-" + account)),
                SessionOptions.DEFAULTS);
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
