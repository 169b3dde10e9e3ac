package com.example.journal.app;

import app.bsky.embed.External;
import app.bsky.richtext.Facet;
import com.atproto.label.LabelDefs;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.StrongRef;
import com.example.journal.Bookmark;
import com.example.journal.Entry;
import com.example.journal.JournalDefs;
import dev.atlex.client.Client;
import dev.atlex.client.RecordEntry;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.Datetime;
import dev.atlex.testkit.LocalPds;
import java.util.List;
import java.util.Objects;

/**
 * Writes a journal entry and a bookmark for it, reads both back, and deletes them.
 *
 * <p>By default it uses a server inside this program. The environment variables {@code ATLEX_SERVICE},
 * {@code ATLEX_HANDLE} and {@code ATLEX_PASSWORD} select another server and account.
 */
public final class Journal {
    private Journal() {}

    public static void main(String[] args) {
        String service = System.getenv("ATLEX_SERVICE");
        if (service != null) {
            run(service, setting("ATLEX_HANDLE"), setting("ATLEX_PASSWORD"));
            return;
        }
        try (LocalPds pds = LocalPds.start(o -> o.account("alice.test", "password"))) {
            run(pds.url().toString(), "alice.test", "password");
        }
    }

    private static String setting(String name) {
        return Objects.requireNonNull(System.getenv(name), name + " is not set");
    }

    private static void run(String service, String handle, String password) {
        try (PasswordSession session = PasswordSession.login(service, handle, password)) {
            Client client = new Client(session);

            Entry entry = entry();
            CreateRecord.Output created = client.create(Entry.RECORD, entry);
            System.out.println("Wrote " + created.uri());

            String rkey = rkey(created);
            RecordEntry<Entry> read = client.get(Entry.RECORD, rkey);
            print(read.value());
            check(read.value().equals(entry), "the entry reads as it was written");
            check(created.cid().equals(entry.computeCid()), "the server reports the CID computed here");

            CreateRecord.Output bookmark = client.create(
                    Bookmark.RECORD, b -> b.subject(reference(created)).createdAt(Datetime.now()));
            Bookmark saved = client.get(Bookmark.RECORD, rkey(bookmark)).value();
            check(saved.subject().cid().equals(created.cid()), "the bookmark refers to the entry");

            check(client.list(Entry.RECORD).values().contains(entry), "the list contains the entry");

            CreateRecord.Output minimal =
                    client.create(Entry.RECORD, e -> e.title("Day 1").text("We saw the sea.").createdAt(Datetime.now()));

            client.delete(Entry.RECORD, rkey(minimal));
            client.delete(Bookmark.RECORD, rkey(bookmark));
            client.delete(Entry.RECORD, rkey);
            System.out.println("Done: all checks passed");
        }
    }

    /** Creates an entry that combines this project's types with types from com.atproto and app.bsky. */
    private static Entry entry() {
        String text = "We saw the sea. More on example.com";
        int link = text.indexOf("example.com");
        return Entry.builder()
                .title("Day 1 🌊")
                .text(text)
                .facets(List.of(Facet.builder()
                        .index(Facet.ByteSlice.builder()
                                .byteStart(link)
                                .byteEnd(link + "example.com".length())
                                .build())
                        .features(List.of(Facet.FeaturesItem.of(
                                Facet.Link.builder().uri("https://example.com/").build())))
                        .build()))
                .mood(Entry.MOOD_HAPPY)
                .place(JournalDefs.Place.builder()
                        .name("Brest")
                        .latitude(48_390_000L)
                        .longitude(-4_486_000L)
                        .build())
                .attachment(Entry.Attachment.of(External.builder()
                        .external(External.ExternalDef.builder()
                                .uri("https://example.com/")
                                .title("The sea")
                                .description("It is wide.")
                                .build())
                        .build()))
                .labels(Entry.Labels.of(LabelDefs.SelfLabels.builder()
                        .values(List.of(
                                LabelDefs.SelfLabel.builder().val("travel").build()))
                        .build()))
                .createdAt(Datetime.now())
                .build();
    }

    private static void print(Entry entry) {
        System.out.println(entry.title() + ": " + entry.text());
        Entry.Attachment attachment = entry.attachment();
        if (attachment instanceof Entry.Attachment.External link) {
            System.out.println("  links to " + link.value().external().uri());
        } else if (attachment instanceof Entry.Attachment.PackingList list) {
            System.out.println("  packed " + list.value().items());
        } else if (attachment instanceof Entry.Attachment.Unknown unknown) {
            System.out.println("  has an unknown attachment: " + unknown.type());
        }
    }

    private static StrongRef reference(CreateRecord.Output created) {
        return StrongRef.builder().uri(created.uri()).cid(created.cid()).build();
    }

    private static String rkey(CreateRecord.Output created) {
        return Objects.requireNonNull(created.uri().recordKey()).toString();
    }

    private static void check(boolean holds, String claim) {
        if (!holds) {
            throw new IllegalStateException("check failed: " + claim);
        }
        System.out.println("  " + claim);
    }
}
