package dev.atlex.endurance;

import com.atproto.server.GetSession;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.SessionOptions;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * A process whose threads use one session. They begin to call when it is told {@code go 1}, and end, each with a call that
 * began after it was told {@code expired 1}; then it says {@code done 1}, and so on.
 */
final class Herd {
    private static final CallOptions OPTIONS = CallOptions.of(o -> o.timeout(Duration.ofSeconds(60)));

    private final Client client;
    private final int threads;
    private final AtomicInteger ended = new AtomicInteger();
    private int round;
    private volatile int expired;

    private Herd(PasswordSession session, int threads) {
        this.client = new Client(session);
        this.threads = threads;
    }

    /** Arguments: the place, the service, the identifier, how many threads. */
    public static void main(String[] args) throws Exception {
        Watch watch = Watch.install(System.out::println);
        SessionOptions options =
                SessionOptions.of(o -> o.store(new Place(args[0]).open(4)).listener(Herd::tell));
        PasswordSession session =
                PasswordSession.open(Credentials.of(args[1], args[2], Secrets.password(args[2])), options);
        Herd herd = new Herd(session, Integer.parseInt(args[3]));
        for (int i = 0; i < herd.threads; i++) {
            Thread thread = new Thread(herd::run, "herd-" + i);
            thread.setDaemon(true);
            thread.start();
        }
        System.out.println("open");
        BufferedReader orders = new BufferedReader(new InputStreamReader(System.in));
        for (String order = orders.readLine(); order != null; order = orders.readLine()) {
            String[] words = order.split(" ");
            switch (words[0]) {
                case "go" -> herd.go(Integer.parseInt(words[1]));
                case "expired" -> herd.expired = Integer.parseInt(words[1]);
                default -> {
                    System.out.println("records " + watch.records());
                    return;
                }
            }
        }
    }

    private static void tell(SessionEvent event) {
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
            // Nobody interrupts.
        } catch (RuntimeException | Error e) {
            System.out.println(Secrets.text(e));
            System.exit(1);
        }
    }
}
