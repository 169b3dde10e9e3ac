package com.example.release;

import static org.junit.jupiter.api.Assertions.assertEquals;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import dev.atlex.client.Client;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.Datetime;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Posts on a LocalPds, and writes a record of a type that the Maven plugin generated. */
class BotTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    @Test
    void postsAndReadsBack(LocalPds pds) {
        pds.createAccount("alice.test", "password");
        try (PasswordSession session = PasswordSession.login(pds.url().toString(), "alice.test", "password")) {
            Bluesky bsky = Bluesky.of(session);
            Posted posted = bsky.post("Hello from a release! #java");
            Client client = new Client(session);
            Note note = Note.builder()
                    .text("A note on it")
                    .about(posted.ref())
                    .createdAt(Datetime.now())
                    .build();
            client.create(Note.RECORD, note);

            assertEquals(1, bsky.timeline().count());
            assertEquals(note, client.list(Note.RECORD).values().get(0));
        }
        System.out.println("Done: release");
    }
}
