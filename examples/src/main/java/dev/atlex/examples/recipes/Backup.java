package dev.atlex.examples.recipes;

import com.atproto.repo.DescribeRepo;
import com.atproto.repo.ListRecords;
import com.atproto.sync.GetBlob;
import com.atproto.sync.ListBlobs;
import dev.atlex.client.Agent;
import dev.atlex.client.Call;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.data.Cid;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;

/** Saves all records and blobs of an account: a file of JSON lines for each collection, and a file for each blob. */
public final class Backup {
    private Backup() {}

    public static void main(String[] args) throws IOException {
        Path folder = Files.createDirectories(Path.of(args.length == 0 ? "backup" : args[0]));
        try (Demo demo = Demo.start()) {
            if (demo.isLocal()) {
                Path chart = Photos.chart();
                demo.bluesky().post(p -> p.text("Keep this").image(chart, "A chart"));
            }
            run(demo.session(), folder);
            System.out.println("Saved " + demo.session().handle() + " in " + folder);
        }
    }

    static void run(Agent session, Path folder) throws IOException {
        Client client = new Client(session, CallOptions.of(o -> o.retries(3)));
        Did did = client.requireDid();
        for (Nsid collection : client.call(DescribeRepo.QUERY, p -> p.repo(did)).collections()) {
            try (BufferedWriter lines = Files.newBufferedWriter(folder.resolve(collection + ".jsonl"))) {
                Iterable<ListRecords.Record> records = client.pages(
                                ListRecords.QUERY,
                                p -> p.repo(did).collection(collection).limit(100))
                        .items(ListRecords.Output::records)::iterator;
                for (ListRecords.Record record : records) {
                    lines.append(record.toJson()).append('\n');
                }
            }
        }
        Path blobs = Files.createDirectories(folder.resolve("blobs"));
        Iterable<Cid> cids =
                client.pages(ListBlobs.QUERY, p -> p.did(did).limit(500)).items(ListBlobs.Output::cids)::iterator;
        for (Cid cid : cids) {
            Path file = blobs.resolve(cid.toString());
            if (!Files.exists(file)) { // a blob never changes
                Path part = blobs.resolve("part");
                try (TransportResponse blob =
                        client.stream(Call.of(GetBlob.QUERY, p -> p.did(did).cid(cid)))) {
                    Files.copy(blob.body(), part, StandardCopyOption.REPLACE_EXISTING);
                }
                Files.move(part, file);
            }
        }
    }
}
