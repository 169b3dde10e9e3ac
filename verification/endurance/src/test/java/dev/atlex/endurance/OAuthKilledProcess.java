package dev.atlex.endurance;

import com.atproto.server.GetSession;
import dev.atlex.client.Client;
import dev.atlex.client.transport.Transport;
import dev.atlex.client.transport.TransportException;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.session.SessionEndedException;
import dev.atlex.session.SessionEvent;
import dev.atlex.syntax.Did;
import java.time.Clock;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/**
 * A process that follows a killed one, and is then killed itself. It refreshes the session until that succeeds, makes a
 * call, and prints {@code continued}, or {@code ended REASON} if the session has ended. It prints {@code failed} if a
 * refresh fails. Then it refreshes in a loop until it halts at a step or is killed.
 */
final class OAuthKilledProcess {
    /** The exit status of a process that halted. */
    static final int HALTED = 9;

    private OAuthKilledProcess() {}

    /** Prints failed requests, because on a machine that is too busy, responses may arrive too late. */
    private static void event(SessionEvent event) {
        if (event instanceof SessionEvent.RefreshFailed failed && failed.failure() instanceof TransportException) {
            System.out.println("failed");
        }
    }

    /**
     * Arguments: the location of the store, the URL of the PLC directory, the account, the {@link KillStep}, and how many
     * seconds this process's clock is ahead.
     */
    public static void main(String[] args) throws Exception {
        SecretScanner.install(System.out::println);
        KillStep step = KillStep.valueOf(args[3]);
        HaltingStore store = new HaltingStore(new StoreLocation(args[0]).open(4));
        Transport network = Transport.jdk();
        Transport watched = request -> {
            if (!request.uri().getPath().equals("/oauth/token")) {
                return network.send(request);
            }
            store.reached(KillStep.SENT);
            System.out.println("sending");
            TransportResponse response = network.send(request);
            if (response.status() == 200) {
                store.reached(KillStep.ANSWERED);
            }
            return response;
        };
        Clock clock = Clock.offset(Clock.systemUTC(), Duration.ofSeconds(Long.parseLong(args[4])));
        OAuthClient client =
                OAuthProgram.client(store, args[1], watched, o -> o.clock(clock).listener(OAuthKilledProcess::event));
        OAuthSession session = client.resume(Did.of(args[2]));
        System.out.println("open");
        try {
            while (!session.refresh().refreshed()) {
                TimeUnit.MILLISECONDS.sleep(250);
            }
        } catch (SessionEndedException e) {
            System.out.println("ended " + e.reason());
            System.exit(0);
        }
        new Client(session).call(GetSession.QUERY);
        System.out.println("continued");
        if (step == KillStep.NEVER) {
            session.close();
            System.exit(0);
        }
        store.arm(step);
        while (session.refresh().refreshed()) {
            // Until this process is killed.
        }
        System.out.println("not refreshed");
        System.exit(1);
    }
}
