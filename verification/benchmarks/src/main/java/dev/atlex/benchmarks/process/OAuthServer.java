package dev.atlex.benchmarks.process;

import dev.atlex.client.transport.Transport;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.oauth.Authorization;
import dev.atlex.oauth.ClientMetadata;
import dev.atlex.oauth.OAuthClient;
import dev.atlex.oauth.OAuthSession;
import dev.atlex.oauth.Scope;
import dev.atlex.oauth.Scopes;
import dev.atlex.session.Credentials;
import dev.atlex.session.PasswordSession;
import dev.atlex.session.store.MemorySessionStore;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A {@link LocalPds} with sessions of both kinds for each client, in the JSON that Atlex and the TypeScript client share:
 * {@code java-oauth.json}, {@code java-password.json}, {@code typescript-oauth.json} and {@code typescript-password.json}.
 * Prints its URL, and exits at the end of its standard input.
 *
 * <pre>
 * OAuthServer FOLDER
 * </pre>
 */
public final class OAuthServer {
    private final LocalPds pds = LocalPds.start();
    private final Path folder;

    private OAuthServer(Path folder) {
        this.folder = folder;
    }

    public static void main(String[] args) throws Exception {
        OAuthServer server = new OAuthServer(Path.of(args[0]));
        for (String client : List.of("java", "typescript")) {
            TestAccount account = server.pds.createAccount(client + ".test", "password-of-" + client);
            server.signIn(account, client);
        }
        Thread end = new Thread(() -> {
            try {
                while (System.in.read() >= 0) {
                    // The content of stdin is ignored.
                }
            } catch (IOException e) {
                // The parent process is gone.
            }
            System.exit(0);
        });
        end.setDaemon(true);
        end.start();
        System.out.println(server.pds.url());
        while (true) {
            // The log of requests would fill the heap.
            server.pds.clearRequests();
            TimeUnit.SECONDS.sleep(1);
        }
    }

    /** Returns the program that both clients are. */
    static OAuthClient program(Transport transport, URI plcUrl) {
        return OAuthClient.of(
                new MemorySessionStore(),
                o -> o.metadata(ClientMetadata.loopback(Scopes.of(Scope.ATPROTO, Scope.TRANSITION_GENERIC)))
                        .transport(transport)
                        .identity(IdentityResolver.builder()
                                .transport(transport)
                                .plcUrl(plcUrl)
                                .allowPrivateAddresses(true)
                                .dns(name -> List.of())
                                .build()));
    }

    private void signIn(TestAccount account, String client) throws IOException {
        OAuthClient program = program(Transport.jdk(), pds.plcUrl());
        Authorization authorization = program.authorize(account.did());
        URI callback = pds.authorize(authorization.url(), account);
        try (OAuthSession oauth = program.callback(callback, authorization.browserSecret())
                        .session();
                PasswordSession password = PasswordSession.open(
                        Credentials.of(pds.url().toString(), account.handle(), account.password()),
                        new MemorySessionStore())) {
            Files.writeString(
                    folder.resolve(client + "-oauth.json"), oauth.data().toJson());
            Files.writeString(
                    folder.resolve(client + "-password.json"), password.data().toJson());
        }
    }
}
