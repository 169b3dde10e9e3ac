package dev.atlex.cli.pds;

import dev.atlex.cli.runtime.Command;
import dev.atlex.cli.runtime.CommandBuilder;
import dev.atlex.cli.runtime.CommandContext;
import dev.atlex.cli.runtime.Failure;
import dev.atlex.cli.runtime.Interruption;
import dev.atlex.cli.runtime.Options;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import picocli.CommandLine.Model.CommandSpec;

/** Runs a test server in this process until it is interrupted. */
public final class Pds implements Command {
    private final CommandContext context;
    private int port;
    private List<String> accounts = new ArrayList<>();
    private boolean methods;

    /** Creates the command. */
    public Pds(CommandContext context) {
        this.context = context;
    }

    @Override
    public CommandSpec spec() {
        return CommandBuilder.of("pds", this)
                .description(
                        "Run a test server (PDS) until it is interrupted.",
                        "Data is kept in memory. Prints one line of JSON when ready: {\"url\",\"accounts\":[{\"did\",\"handle\"}]}")
                .examples(
                        "atlex pds --account alice.test:secret",
                        "atlex pds --port 2583 --account alice.test:secret --account bob.test:secret",
                        "atlex pds --methods")
                .add(Options.value(
                        "--port",
                        "N",
                        "Port to listen on. Default: 0, which picks a free port.",
                        int.class,
                        value -> port = value))
                .add(Options.list(
                        "--account",
                        "HANDLE:PASSWORD",
                        "Account to create on startup. Repeatable.",
                        String.class,
                        values -> accounts = values))
                .add(Options.flag(
                        "--methods",
                        "Print the methods that the server supports, one per line, and exit.",
                        value -> methods = value))
                .build();
    }

    @Override
    public Integer call() {
        if (port < 0 || port > 65535) {
            throw Failure.usage("--port: expected a number from 0 to 65535 (got " + port + ")");
        }
        if (methods) {
            return printMethods();
        }
        for (String account : accounts) {
            int colon = account.indexOf(':');
            if (colon < 1 || colon == account.length() - 1) {
                throw Failure.usage("--account: expected HANDLE:PASSWORD");
            }
            context.redactor().add(account.substring(colon + 1));
        }
        try (LocalPds pds = start()) {
            List<LexMap> created = new ArrayList<>();
            for (String account : accounts) {
                created.add(create(pds, account));
            }
            LexMap ready = LexMap.builder()
                    .put("url", pds.url().toString())
                    .put("accounts", LexValue.of(created))
                    .build();
            context.print(ready);
            context.environment().out().flush();
            awaitInterrupt(pds);
        }
        return 0;
    }

    private int printMethods() {
        try (LocalPds pds = LocalPds.start()) {
            pds.methods().forEach(method -> context.environment().out().println(method));
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
            TestAccount created = pds.createAccount(account.substring(0, colon), account.substring(colon + 1));
            return LexMap.builder()
                    .put("did", created.did().toString())
                    .put("handle", created.handle())
                    .build();
        } catch (IllegalArgumentException e) {
            throw Failure.input("--account: " + e.getMessage());
        }
    }

    private static void awaitInterrupt(LocalPds pds) {
        Interruption interruption = new Interruption(pds::close);
        try {
            new CountDownLatch(1).await();
        } catch (InterruptedException e) {
            interruption.cancel();
        }
    }
}
