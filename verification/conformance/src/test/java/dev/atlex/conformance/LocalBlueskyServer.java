package dev.atlex.conformance;

import app.bsky.labeler.LabelerDefs.LabelerPolicies;
import dev.atlex.client.Client;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.AtUri;
import dev.atlex.syntax.Did;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.TestAccount;
import java.net.URI;
import java.time.Instant;
import java.util.concurrent.atomic.AtomicInteger;

/** {@link LocalPds} with its AppView, which indexes a record when it is written. */
final class LocalBlueskyServer implements BlueskyServer {
    private final LocalPds pds = LocalPds.start();
    private final AtomicInteger accounts = new AtomicInteger();
    private final Did labeler = startLabeler();

    private Did startLabeler() {
        TestAccount account = pds.createAccount("labeler.test", "labeler-password");
        try (PasswordSession session =
                PasswordSession.login(pds.url().toString(), account.handle(), account.password())) {
            new Client(session)
                    .create(
                            app.bsky.labeler.Service.RECORD,
                            service -> service.policies(LabelerPolicies.builder()
                                            .labelValues("spam")
                                            .build())
                                    .createdAt(Instant.now()));
        }
        return account.did();
    }

    @Override
    public URI url() {
        return pds.url();
    }

    @Override
    public String newHandle() {
        return "user" + accounts.incrementAndGet() + ".test";
    }

    @Override
    public void index() {}

    @Override
    public Did labeler() {
        return labeler;
    }

    @Override
    public void label(AtUri uri, String value) {
        pds.label(uri.toString(), value, labeler);
    }

    @Override
    public void close() {
        pds.close();
    }
}
