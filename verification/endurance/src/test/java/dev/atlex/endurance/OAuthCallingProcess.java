package dev.atlex.endurance;

import com.atproto.server.GetSession;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.transport.Transport;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.session.SessionEvent;
import dev.atlex.session.store.SessionStore;
import dev.atlex.syntax.Did;
import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * A process with many threads that share OAuth sessions with other processes. Each thread calls with one account after
 * another, at random, until a line on standard input ends the process. Prints {@code done CALLS REFRESHES RECORDS} then.
 * A call that fails, and any event that isn't part of normal operation, is printed, too.
 */
final class OAuthCallingProcess {
    private static final CallOptions OPTIONS = CallOptions.of(o -> o.timeout(Duration.ofSeconds(60)));

    private final List<Client> clients = new ArrayList<>();
    private final AtomicLong calls = new AtomicLong();
    private final AtomicLong refreshes = new AtomicLong();
    private final int maxPauseMillis;
    private volatile boolean ending;

    private OAuthCallingProcess(int maxPauseMillis) {
        this.maxPauseMillis = maxPauseMillis;
    }

    /**
     * Arguments: the location of the store, the URL of the PLC directory, the number of threads, the longest pause of a
     * thread between two calls in milliseconds, and the accounts.
     */
    public static void main(String[] args) throws Exception {
        SecretScanner watch = SecretScanner.install(System.out::println);
        SessionStore store = new StoreLocation(args[0]).open(16);
        OAuthCallingProcess process = new OAuthCallingProcess(Integer.parseInt(args[3]));
        OAuthClient client = OAuthProgram.client(store, args[1], Transport.jdk(), o -> o.listener(process::event));
        List<OAuthSession> sessions = new ArrayList<>();
        for (String did : List.of(args).subList(4, args.length)) {
            OAuthSession session = client.resume(Did.of(did));
            sessions.add(session);
            process.clients.add(new Client(session));
        }
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < Integer.parseInt(args[2]); i++) {
            Thread thread = new Thread(process::run, "caller-" + i);
            threads.add(thread);
            thread.start();
        }
        System.out.println("open");
        new BufferedReader(new InputStreamReader(System.in)).readLine();
        process.ending = true;
        for (Thread thread : threads) {
            thread.join();
        }
        sessions.forEach(OAuthSession::close);
        System.out.println("done " + process.calls + " " + process.refreshes + " " + watch.records());
        System.exit(0); // The threads of a store's connections may live on.
    }

    private void event(SessionEvent event) {
        if (event instanceof SessionEvent.Refreshed) {
            refreshes.incrementAndGet();
        } else if (!(event instanceof SessionEvent.Resumed || event instanceof SessionEvent.Adopted)) {
            System.out.println(event);
        }
    }

    private void run() {
        ThreadLocalRandom random = ThreadLocalRandom.current();
        try {
            while (!ending) {
                clients.get(random.nextInt(clients.size())).xrpc(Call.of(GetSession.QUERY), OPTIONS);
                calls.incrementAndGet();
                TimeUnit.MILLISECONDS.sleep(random.nextInt(maxPauseMillis + 1));
            }
        } catch (InterruptedException e) {
            // Never happens.
        } catch (RuntimeException | Error e) {
            System.out.println(Secrets.text(e));
            System.exit(1);
        }
    }
}
