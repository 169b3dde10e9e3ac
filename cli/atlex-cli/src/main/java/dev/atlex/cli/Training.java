package dev.atlex.cli;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.testkit.LocalPds;
import java.io.ByteArrayInputStream;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The usual commands, one after the other, for an archive of what they load. They have a server inside this process and a
 * store of their own; nothing of the user's, and no network.
 */
final class Training {
    private static final String HANDLE = "alice.test";

    private final String store;

    private Training(String store) {
        this.store = store;
    }

    public static void main(String[] args) {
        Training training = new Training(args[0]);
        try (LocalPds pds = LocalPds.start()) {
            training.run(pds);
        }
        // What each command does besides.
        Main.world().out().flush();
        Archive.keepUp();
        Threads.endSelectors();
        System.exit(0);
    }

    private void run(LocalPds pds) {
        pds.createAccount(HANDLE, "password");
        String url = pds.url().toString();
        succeed("login", "--service", url, HANDLE);
        succeed("whoami");
        succeed("whoami", "--account", HANDLE, "--verbose");
        succeed("call", "com.atproto.repo.describeRepo", "repo=" + HANDLE);
        succeed(
                "call",
                "com.atproto.repo.listRecords",
                "repo=" + HANDLE,
                "collection=app.bsky.feed.post",
                "--timeout",
                "30");
        succeed("sessions");
        // How commands fail; and a client's part of TLS, up to the answer, which is none.
        command("call", "com.atproto.repo.describeRepo", "repo=bob.test");
        command("call", "com.atproto.server.describeServer", "--service", url.replace("http://", "https://"));
        command("--help");
        succeed("logout");
    }

    private void succeed(String... args) {
        if (command(args) != 0) {
            // No archive is better than half of one.
            Runtime.getRuntime().halt(1);
        }
    }

    private int command(String... args) {
        List<String> all = new ArrayList<>(List.of(args));
        all.add("--store");
        all.add(store);
        PrintStream nowhere = new PrintStream(OutputStream.nullOutputStream(), false, UTF_8);
        ByteArrayInputStream password = new ByteArrayInputStream("password\n".getBytes(UTF_8));
        CliEnvironment world = new CliEnvironment(Map.of(), password, nowhere, nowhere, () -> null);
        return Main.run(world, all.toArray(new String[0]));
    }
}
