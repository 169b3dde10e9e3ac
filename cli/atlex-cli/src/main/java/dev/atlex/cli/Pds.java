package dev.atlex.cli;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

@Command(
        name = "pds",
        mixinStandardHelpOptions = true,
        description = {
            "Runs a server for tests until it is interrupted.",
            "Everything is in memory. Prints one line of JSON when it is ready: {\"url\",\"accounts\":[{\"did\",\"handle\"}]}"
        })
final class Pds implements Callable<Integer> {
    private final Atlex atlex;

    @Option(names = "--port", paramLabel = "N", description = "The port; by default 0, for any that is free.")
    private int port;

    @Option(
            names = "--account",
            paramLabel = "HANDLE:PASSWORD",
            description = "An account that is there from the start; may be given several times.")
    private List<String> accounts = new ArrayList<>();

    Pds(Atlex atlex) {
        this.atlex = atlex;
    }

    @Override
    public Integer call() {
        if (port < 0 || port > 65535) {
            throw Failure.usage("--port takes a number from 0 to 65535");
        }
        for (String account : accounts) {
            int colon = account.indexOf(':');
            if (colon < 1 || colon == account.length() - 1) {
                throw Failure.usage("--account takes HANDLE:PASSWORD");
            }
            atlex.redactor().add(account.substring(colon + 1));
        }
        try (LocalPds pds = start()) {
            List<LexMap> made = new ArrayList<>();
            for (String account : accounts) {
                made.add(create(pds, account));
            }
            LexMap ready = LexMap.builder()
                    .put("url", pds.url().toString())
                    .put("accounts", LexValue.of(made))
                    .build();
            atlex.print(ready);
            atlex.world().out().flush();
            awaitEnd(pds);
        }
        return 0;
    }

    private LocalPds start() {
        try {
            return LocalPds.start(o -> o.port(port));
        } catch (UncheckedIOException e) {
            throw Failure.storage("can't listen on port " + port, e);
        }
    }

    private static LexMap create(LocalPds pds, String account) {
        int colon = account.indexOf(':');
        try {
            TestAccount made = pds.createAccount(account.substring(0, colon), account.substring(colon + 1));
            return LexMap.builder()
                    .put("did", made.did().toString())
                    .put("handle", made.handle())
                    .build();
        } catch (IllegalArgumentException e) {
            throw Failure.input("--account: " + e.getMessage());
        }
    }

    private static void awaitEnd(LocalPds pds) {
        Thread atExit = new Thread(() -> {
            pds.close();
            // A server that was asked to stop and has done so has not failed, which the JVM's own status would say.
            Runtime.getRuntime().halt(0);
        });
        Runtime.getRuntime().addShutdownHook(atExit);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            Runtime.getRuntime().removeShutdownHook(atExit);
        }
    }
}
