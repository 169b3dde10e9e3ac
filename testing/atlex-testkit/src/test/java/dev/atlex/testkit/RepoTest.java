package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.repo.Car;
import dev.atlex.repo.Commit;
import dev.atlex.repo.Mst;
import dev.atlex.repo.RepoRecord;
import dev.atlex.repo.Repository;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the repositories that {@code com.atproto.sync} returns. */
class RepoTest {
    private static final String THING = "com.example.thing";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private Http http;
    private TestAccount alice;
    private String token;

    @BeforeEach
    void login(LocalPds pds, TestAccount alice) {
        http = new Http(pds);
        this.alice = alice;
        token = http.login(alice).string("accessJwt");
    }

    private LexMap put(String key, String record) {
        return http.post(
                        "com.atproto.repo.putRecord",
                        token,
                        "{'repo':'" + alice.did() + "','collection':'" + THING + "','rkey':'" + key + "','record':"
                                + record + "}")
                .ok()
                .json();
    }

    private Http.Reply sync(String method, String more) {
        return http.get("com.atproto.sync." + method + "?did=" + alice.did() + more, null);
    }

    private Car car(String method, String more) {
        Http.Reply reply = sync(method, more).ok();
        assertThat(reply.header("content-type")).isEqualTo("application/vnd.ipld.car");
        return Car.parse(reply.response().body());
    }

    @Test
    void newAccount_hasAnEmptyRepository() {
        Repository repository = Repository.of(car("getRepo", ""));

        assertThat(repository.tree().isEmpty()).isTrue();
        assertThat(repository.commit().did()).isEqualTo(alice.did());
    }

    @Test
    void getRepo_hasAllRecordsBelowTheLatestCommit() {
        TreeMap<String, Cid> expected = new TreeMap<>();
        LexMap last = LexMap.of();
        for (int i = 0; i < 40; i++) {
            last = put("key" + i, "{'number':" + i + "}");
            expected.put(THING + "/key" + i, Cid.of(last.getString("cid")));
        }

        Repository repository = Repository.of(car("getRepo", ""));

        assertThat(repository.commit().cid()).hasToString(last.getMap("commit").getString("cid"));
        assertThat(repository.commit().rev()).hasToString(last.getMap("commit").getString("rev"));
        assertThat(repository.tree()).isEqualTo(Mst.of(expected));
        assertThat(repository.records())
                .hasSize(40)
                .allSatisfy(record -> assertThat(((LexMap) record.value()).getInteger("number"))
                        .isEqualTo(Long.parseLong(record.rkey().substring(3))));
        assertThat(sync("getLatestCommit", "").string("cid"))
                .isEqualTo(last.getMap("commit").getString("cid"));
    }

    @Test
    void getRepo_sinceARevisionHasOnlyTheNewBlocks() {
        for (int i = 0; i < 20; i++) {
            put("old" + i, "{'number':" + i + "}");
        }
        String since = put("old", "{}").getMap("commit").getString("rev");
        Cid fresh = Cid.of(put("new", "{'fresh':true}").getString("cid"));

        Car car = car("getRepo", "&since=" + since);

        assertThat(car.size()).isLessThan(car("getRepo", "").size());
        assertThat(car.contains(fresh)).isTrue();
        Repository part = Repository.of(car);
        assertThat(part.tree().get(THING + "/new")).isEqualTo(fresh);
        assertThat(car("getRepo", "&since=" + part.commit().rev()).size()).isEqualTo(1);
        assertThat(car("getRepo", "&since=2222222222222").size())
                .isEqualTo(car("getRepo", "").size());
    }

    @Test
    void getRecord_provesThatARecordIsOrIsNotThere() {
        for (int i = 0; i < 100; i++) {
            put("key" + i, "{'number':" + i + "}");
        }

        Car proof = car("getRecord", "&collection=" + THING + "&rkey=key7");
        RepoRecord record = Repository.of(proof).record(THING + "/key7");

        assertThat(record).isNotNull();
        assertThat(((LexMap) record.value()).getInteger("number")).isEqualTo(7);
        assertThat(proof.size()).isLessThan(10);
        Car absent = car("getRecord", "&collection=" + THING + "&rkey=absent");
        assertThat(Repository.of(absent).record(THING + "/absent")).isNull();
    }

    @Test
    void getBlocks_returnsThemOrNamesTheMissing() {
        String cid = put("key", "{'a':1}").getString("cid");
        String head = sync("getLatestCommit", "").string("cid");

        Car car = car("getBlocks", "&cids=" + head + "&cids=" + cid);

        assertThat(car.roots()).isEmpty();
        assertThat(car.cids()).extracting(Cid::toString).containsExactly(head, cid);
        Cid absent = Cid.ofRaw(new byte[0]);
        assertThat(sync("getBlocks", "&cids=" + absent).error())
                .isEqualTo("400 InvalidRequest: Could not find cids: " + absent);
    }

    @Test
    void signature_isByTheKeyInTheDidDocument() throws Exception {
        put("key", "{}");
        Commit commit = Repository.of(car("getRepo", "")).commit();
        LexMap document = http.send(http.request("/" + alice.did(), null)).json();
        String multibase = ((LexMap) document.getArray("verificationMethod").get(0)).getString("publicKeyMultibase");

        assertThat(P256.verifies(multibase, commit.unsigned(), commit.sig().toByteArray()))
                .isTrue();
    }

    @Test
    void listRepos_pagesThroughAllAccounts(LocalPds pds) {
        for (int i = 0; i < 5; i++) {
            pds.createAccount("many" + i + ".test", "password");
        }
        pds.takedown(alice.did());
        TreeMap<String, LexMap> found = new TreeMap<>();
        String cursor = "";
        int pages = 0;
        while (cursor != null) {
            LexMap page = http.get("com.atproto.sync.listRepos?limit=2" + cursor, null)
                    .ok()
                    .json();
            page.getArray("repos").forEach(repo -> found.put(((LexMap) repo).getString("did"), (LexMap) repo));
            cursor = page.getString("cursor") == null ? null : "&cursor=" + page.getString("cursor");
            assertThat(++pages).isLessThan(20);
        }

        assertThat(found).hasSizeGreaterThanOrEqualTo(6);
        assertThat(found.get(alice.did().toString())).containsOnlyKeys("did", "head", "rev", "active", "status");
        assertThat(http.get("com.atproto.sync.listRepos?cursor=x", null).error())
                .isEqualTo("400 InvalidRequest: Malformed cursor");
    }

    @Test
    void unavailableRepository_isRefused(LocalPds pds) {
        pds.takedown(alice.did());

        assertThat(sync("getRepo", "").error()).isEqualTo("400 RepoTakendown: Repo has been takendown: " + alice.did());
        assertThat(http.get("com.atproto.sync.getRepo?did=did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", null)
                        .error())
                .startsWith("400 RepoNotFound");
    }
}
