package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.Profile;
import app.bsky.feed.Post;
import com.atproto.sync.GetLatestCommit;
import com.atproto.sync.ListRepos;
import dev.atlex.client.Client;
import dev.atlex.data.Cid;
import dev.atlex.repo.Car;
import dev.atlex.repo.CarBlock;
import dev.atlex.repo.CarReader;
import dev.atlex.repo.Mst;
import dev.atlex.repo.RepoRecord;
import dev.atlex.repo.Repository;
import dev.atlex.syntax.Did;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/** Scenarios for repositories as CAR files. */
abstract class RepoScenarios extends Scenarios {
    private static final HttpClient HTTP = HttpClient.newHttpClient();

    RepoScenarios(Server server) {
        super(server);
    }

    private HttpResponse<InputStream> get(String method, String parameters) throws IOException, InterruptedException {
        URI uri = URI.create(server.url() + "/xrpc/com.atproto.sync." + method + "?" + parameters);
        return HTTP.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofInputStream());
    }

    private Car car(String method, String parameters) throws IOException, InterruptedException {
        HttpResponse<InputStream> response = get(method, parameters);
        try (InputStream body = response.body()) {
            byte[] bytes = body.readAllBytes();
            assertThat(response.statusCode()).as(new String(bytes)).isEqualTo(200);
            assertThat(response.headers().firstValue("content-type")).hasValue("application/vnd.ipld.car");
            return Car.parse(bytes);
        }
    }

    /** Creates posts and returns the CIDs of all records by path. */
    private static TreeMap<String, Cid> write(Client client, int posts) {
        TreeMap<String, Cid> paths = new TreeMap<>();
        for (int i = 0; i < posts; i++) {
            var created = client.create(Post.RECORD, post("number " + i));
            paths.put("app.bsky.feed.post/" + key(created.uri()), created.cid());
        }
        return paths;
    }

    @Test
    void getRepo_hasTheTreeOfItsRecords() throws Exception {
        Client client = signedIn();
        Did did = client.requireDid();
        TreeMap<String, Cid> expected = write(client, 30);
        expected.put(
                "app.bsky.actor.profile/self",
                client.put(
                                Profile.RECORD,
                                Profile.builder().displayName("Alice").build())
                        .cid());
        String removed = expected.lastKey();
        client.delete(Post.RECORD, removed.substring(removed.indexOf('/') + 1));
        expected.remove(removed);

        Repository repository = Repository.of(car("getRepo", "did=" + did));

        Map<String, Cid> found = new TreeMap<>();
        repository.records().forEach(record -> found.put(record.key(), record.cid()));
        assertThat(found).isEqualTo(expected);
        assertThat(Mst.of(expected).root()).isEqualTo(repository.commit().data());
        assertThat(repository.commit().did()).isEqualTo(did);
        GetLatestCommit.Output latest = anonymous().call(GetLatestCommit.QUERY, p -> p.did(did));
        assertThat(repository.commit().cid()).hasToString(latest.cid().toString());
        assertThat(repository.commit().rev()).hasToString(latest.rev().toString());
    }

    @Test
    void getRepo_canBeReadAsAStream() throws Exception {
        Client client = signedIn();
        write(client, 3);
        Map<Cid, byte[]> blocks = new HashMap<>();
        Cid root;
        try (CarReader reader =
                CarReader.open(get("getRepo", "did=" + client.requireDid()).body())) {
            root = reader.roots().get(0);
            reader.forEachRemaining((CarBlock block) -> blocks.put(block.cid(), block.bytes()));
        }

        assertThat(Repository.of(root, blocks::get).records()).hasSize(3);
    }

    @Test
    void getRepo_sinceARevisionHasTheNewBlocks() throws Exception {
        Client client = signedIn();
        write(client, 20);
        String since = anonymous()
                .call(GetLatestCommit.QUERY, p -> p.did(client.requireDid()))
                .rev()
                .toString();
        // Its content must be new, because a block that an earlier record has created isn't sent again.
        var created = client.create(Post.RECORD, post("fresh"));
        String path = "app.bsky.feed.post/" + key(created.uri());

        Car part = car("getRepo", "did=" + client.requireDid() + "&since=" + since);

        assertThat(part.size())
                .isLessThan(car("getRepo", "did=" + client.requireDid()).size());
        RepoRecord record = Repository.of(part).record(path);
        assertThat(record).isNotNull();
        assertThat(record.cid()).isEqualTo(created.cid());
    }

    @Test
    void getRecord_provesPresenceAndAbsence() throws Exception {
        Client client = signedIn();
        TreeMap<String, Cid> paths = write(client, 40);
        String path = paths.firstKey();
        String parameters = "did=" + client.requireDid() + "&collection=app.bsky.feed.post&rkey=";

        Car present = car("getRecord", parameters + path.substring(path.indexOf('/') + 1));
        Car absent = car("getRecord", parameters + "absent");

        RepoRecord record = Repository.of(present).record(path);
        assertThat(record).isNotNull();
        assertThat(record.cid()).isEqualTo(paths.get(path));
        assertThat(Repository.of(absent).record("app.bsky.feed.post/absent")).isNull();
        assertThat(present.size()).isLessThan(40);
    }

    @Test
    void getBlocks_returnsThemOrNamesTheMissing() throws Exception {
        Client client = signedIn();
        Cid cid = write(client, 1).firstEntry().getValue();
        Cid missing = Cid.ofRaw(new byte[] {1, 2, 3});

        Car car = car("getBlocks", "did=" + client.requireDid() + "&cids=" + cid);

        assertThat(car.roots()).isEmpty();
        assertThat(car.cids()).containsExactly(cid);
        HttpResponse<InputStream> failure =
                get("getBlocks", "did=" + client.requireDid() + "&cids=" + missing + "&cids=" + cid);
        assertThat(failure.statusCode()).isEqualTo(400);
        assertThat(new String(failure.body().readAllBytes()))
                .isEqualTo("{\"error\":\"InvalidRequest\",\"message\":\"Could not find cids: " + missing + "\"}");
    }

    @Test
    void listRepos_findsEachAccountOnce() {
        Did first = signedIn().requireDid();
        Did second = signedIn().requireDid();
        List<Did> found = new ArrayList<>();
        String cursor = null;
        do {
            String from = cursor;
            ListRepos.Output page =
                    anonymous().call(ListRepos.QUERY, p -> p.limit(2L).cursor(from));
            page.repos().forEach(repo -> found.add(repo.did()));
            cursor = page.cursor();
        } while (cursor != null);

        assertThat(found).contains(first, second).doesNotHaveDuplicates();
    }
}
