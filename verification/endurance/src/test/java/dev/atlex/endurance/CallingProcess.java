package dev.atlex.endurance;

import com.atproto.server.GetSession;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.store.SessionStore;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process with many threads that share a session. {@code go 1} on standard input starts the calls of round 1. Each
 * thread stops after the first call that it started after {@code expired 1}. When all have stopped, the process prints
 * {@code done 1}.
 */
final class CallingProcess {
    private static final CallOptions OPTIONS = CallOptions.of(o -> o.timeout(Duration.ofSeconds(60)));

    private final Client client;
    private final int threads;
    private final AtomicInteger ended = new AtomicInteger();
    private int round;
    private volatile int expired;

    private CallingProcess(PasswordSession session, int threads) {
        this.client = new Client(session);
        this.threads = threads;
    }

    /** Arguments: the location of the store, the service, the identifier, the number of threads. */
    public static void main(String[] args) throws Exception {
        SecretScanner watch = SecretScanner.install(System.out::println);
        SessionStore store = new StoreLocation(args[0]).open(4);
        PasswordSession session = PasswordSession.open(
                Credentials.of(args[1], args[2], Secrets.password(args[2])),
                store,
                o -> o.listener(CallingProcess::print));
        CallingProcess process = new CallingProcess(session, Integer.parseInt(args[3]));
        for (int i = 0; i < process.threads; i++) {
            Thread thread = new Thread(process::run, "caller-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        System.out.println("open");
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in));
        for (String line = input.readLine(); line != null; line = input.readLine()) {
            String[] words = line.split(" ");
            switch (words[0]) {
                case "go" -> process.go(Integer.parseInt(words[1]));
                case "expired" -> process.expired = Integer.parseInt(words[1]);
                default -> {
                    System.out.println("records " + watch.records());
                    return;
                }
            }
        }
    }

    private static void print(SessionEvent event) {
        if (!(event instanceof SessionEvent.Refreshed
                || event instanceof SessionEvent.Resumed
                || event instanceof SessionEvent.Adopted)) {
            System.out.println(event);
        }
    }

    private synchronized void go(int number) {
        round = number;
        notifyAll();
    }

    private synchronized void awaitRound(int number) throws InterruptedException {
        while (round < number) {
            wait();
        }
    }

    private void run() {
        try {
            for (int number = 1; ; number++) {
                awaitRound(number);
                boolean last;
                do {
                    last = expired >= number;
                    client.xrpc(Call.of(GetSession.QUERY), OPTIONS);
                } while (!last);
                if (ended.incrementAndGet() == threads) {
                    ended.set(0);
                    System.out.println("done " + number);
                }
            }
        } catch (InterruptedException e) {
            // Never happens.
        } catch (RuntimeException | Error e) {
            System.out.println(Secrets.text(e));
            System.exit(1);
        }
    }
}
