package dev.atlex.repo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.crypto.P256PrivateKey;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Tid;
import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class RepositoryTest {
    private static final String POST = "app.bsky.feed.post/3jzfcijpj2z2a";
    private static final String LIKE = "app.bsky.feed.like/3jzfcijpj2z2a";

    private final Map<Cid, byte[]> blocks = new LinkedHashMap<>();
    private final Commit commit;

    RepositoryTest() {
        Mst tree = Mst.empty().put(POST, add("post")).put(LIKE, add("like"));
        tree.forEachNode(blocks::put);
        commit = Commit.sign(
                Did.of("did:web:example.com"), tree.root(), Tid.of("3jzfcijpj2z2a"), P256PrivateKey.generate());
        blocks.put(commit.cid(), commit.block());
    }

    private Cid add(String text) {
        byte[] block = record(text).toCbor();
        Cid cid = Cid.ofDagCbor(block);
        blocks.put(cid, block);
        return cid;
    }

    private static LexMap record(String text) {
        return LexMap.of("text", LexValue.of(text));
    }

    @Test
    void carFile_isARepository() {
        Repository repository = Repository.of(Car.parse(CarWriter.toBytes(commit.cid(), blocks)));

        assertThat(repository.commit()).isEqualTo(commit);
        assertThat(repository.records()).extracting(RepoRecord::key).containsExactly(LIKE, POST);
        assertThat(repository.records("app.bsky.feed.post/")).singleElement().satisfies(record -> {
            assertThat(record.collection()).isEqualTo("app.bsky.feed.post");
            assertThat(record.rkey()).isEqualTo("3jzfcijpj2z2a");
            assertThat(record.value()).isEqualTo(record("post"));
            assertThat(record.cid()).isEqualTo(record("post").cid());
            assertThat(record).isEqualTo(repository.record(POST));
        });
        assertThat(repository.record("app.bsky.feed.post/absent")).isNull();
    }

    @Test
    void missingRecord_isNamed() {
        blocks.remove(record("post").cid());
        Repository repository = Repository.of(commit.cid(), blocks::get);

        assertThat(repository.record(LIKE)).isNotNull();
        assertThatThrownBy(() -> repository.record(POST))
                .isInstanceOf(MissingBlockException.class)
                .hasMessage(
                        "missing block: record " + POST + " " + record("post").cid());
    }

    @Test
    void missingCommit_isNamed() {
        assertThatThrownBy(() -> Repository.of(record("no commit").cid(), blocks::get))
                .isInstanceOf(MissingBlockException.class)
                .hasMessageStartingWith("missing block: commit ");
    }
}
