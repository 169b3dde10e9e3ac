package dev.atlex.benchmarks.process;

import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionData;
import dev.atlex.session.pool.AccountPool;
import dev.atlex.session.store.FileSessionStore;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.stream.Stream;

/**
 * Measures how much heap an idle session in a pool needs. Opens many sessions that are stored in files, compares the
 * used heap before and after that, and prints the result as a line of JSON.
 *
 * <pre>
 * Heap SESSIONS
 * </pre>
 */
public final class Heap {
    private Heap() {}

    public static void main(String[] args) throws Exception {
        int count = Integer.parseInt(args[0]);
        Path folder = Files.createTempDirectory("atlex-heap");
        try {
            SessionStore store = new FileSessionStore(folder);
            for (int i = 0; i <= count; i++) {
                store.save(data(i));
            }
            long tokens = 0;
            try (AccountPool pool = AccountPool.create(store)) {
                // Opened first, so that state shared by all sessions isn't counted.
                pool.session(Did.of(Accounts.did(count)));
                long before = used();
                for (int i = 0; i < count; i++) {
                    Map<String, LexValue> fields = ((PasswordSession) pool.session(Did.of(Accounts.did(i))))
                            .data()
                            .fields();
                    for (String token : List.of("accessJwt", "refreshJwt")) {
                        tokens += fields.get(token) instanceof LexString text
                                ? text.value().length()
                                : 0;
                    }
                }
                double all = (used() - before) / (double) count;
                if (pool.size() != count + 1 || tokens == 0) {
                    throw new IllegalStateException("open: " + pool.size());
                }
                System.out.printf(
                        Locale.ROOT,
                        "{\"bytes\":%.0f,\"tokens\":%.0f,\"beyond\":%.0f}%n",
                        all,
                        tokens / (double) count,
                        all - tokens / (double) count);
            }
        } finally {
            try (Stream<Path> files = Files.walk(folder)) {
                for (Path file : files.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static SessionData data(int account) {
        String access = Accounts.jwt(Duration.ofHours(2), "access-signature-of-the-usual-length-43-" + account);
        return SessionData.parse(Accounts.saved(
                account, "https://pds.example.com", access, "refresh-signature-of-usual-length-43-" + account));
    }

    private static long used() throws InterruptedException {
        for (int i = 0; i < 4; i++) {
            System.gc();
            Thread.sleep(100);
        }
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
    }
}
