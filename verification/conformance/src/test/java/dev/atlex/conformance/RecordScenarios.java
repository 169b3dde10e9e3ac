package dev.atlex.conformance;

import static org.assertj.core.api.Assertions.assertThat;

import app.bsky.actor.Profile;
import app.bsky.feed.Post;
import com.atproto.repo.CreateRecord;
import com.atproto.repo.GetRecord;
import com.atproto.repo.PutRecord;
import dev.atlex.client.Client;
import dev.atlex.client.ListOptions;
import dev.atlex.client.ListedRecord;
import dev.atlex.client.RecordEntry;
import dev.atlex.client.RecordPage;
import dev.atlex.client.WriteOptions;
import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Scenarios for writing and reading single records. */
abstract class RecordScenarios extends Scenarios {
    private static final Nsid POSTS = Post.RECORD.collection();

    RecordScenarios(Server server) {
        super(server);
    }

    @Test
    void create_readsBackWithComputedCid() {
        Client client = signedIn();
        Post post = post("Grüße, 👋🏽 世界");

        CreateRecord.Output created = client.create(Post.RECORD, post);
        RecordEntry<Post> read = client.get(Post.RECORD, key(created.uri()).toString());

        assertThat(read.value()).isEqualTo(post);
        assertThat(read.uri()).isEqualTo(created.uri());
        assertThat(created.uri())
                .hasToString("at://" + client.requireDid() + "/app.bsky.feed.post/" + key(created.uri()));
        assertThat(created.cid()).isEqualTo(read.cid()).isEqualTo(post.computeCid());
        assertThat(created.validationStatus()).isEqualTo(CreateRecord.Output.VALIDATION_STATUS_VALID);
        assertThat(created.commit()).isNotNull();
    }

    @Test
    void get_byHandleAndCidWithoutAccount() {
        Client client = signedIn();
        CreateRecord.Output created = client.create(Post.RECORD, post("for all"));
        AtIdentifier handle = ((PasswordSession) client.agent()).handle();

        GetRecord.Output read = anonymous()
                .getRecord(handle, POSTS, key(created.uri()), created.cid())
                .body();

        assertThat(read.cid()).isEqualTo(created.cid());
        assertRejected(
                400,
                "RecordNotFound",
                () -> anonymous()
                        .getRecord(
                                handle,
                                POSTS,
                                key(created.uri()),
                                post("another").computeCid()));
    }

    @Test
    void create_keepsNestedUnknownFields() {
        Client client = signedIn();
        LexMap record = untyped("com.example.made.up")
                .put("text", "a")
                .put("integer", -9_007_199_254_740_991L)
                .put("nothing", LexValue.ofNull())
                .put("list", LexValue.of(List.of(LexValue.of(1), LexMap.of("b", LexValue.of(true)), LexValue.of(""))))
                .put("bytes", Bytes.of(new byte[] {0, 1, -1}))
                .put("link", post("x").computeCid())
                .put("object", LexMap.builder().put("zz", 1).put("a", 2).build())
                .build();

        CreateRecord.Output created =
                client.createRecord(record, WriteOptions.of(options -> {})).body();
        GetRecord.Output read = client.getRecord(
                        client.requireDid(), Nsid.of("com.example.made.up"), key(created.uri()), null)
                .body();

        assertThat(read.value()).isEqualTo(record);
        assertThat(created.cid()).isEqualTo(record.cid());
        assertThat(created.validationStatus()).isEqualTo(CreateRecord.Output.VALIDATION_STATUS_UNKNOWN);
    }

    @Test
    void update_keepsUnknownFields() {
        Client client = signedIn();
        LexMap newer = untyped("app.bsky.actor.profile")
                .put("displayName", "Alice")
                .put(
                        "mood",
                        LexMap.builder()
                                .put("$type", "com.example.mood")
                                .put("level", 3)
                                .build())
                .build();
        client.putRecord(newer, RecordKey.of("self"), WriteOptions.of(options -> {}));

        RecordEntry<Profile> read = client.get(Profile.RECORD);
        Profile changed = read.value().toBuilder().displayName("Alice B.").build();
        PutRecord.Output put =
                client.put(Profile.RECORD, changed, WriteOptions.of(options -> options.swapRecord(cid(read))));

        LexMap stored = client.getRecord(client.requireDid(), Profile.RECORD.collection(), RecordKey.of("self"), null)
                .body()
                .value();
        assertThat(stored)
                .isEqualTo(newer.toBuilder().put("displayName", "Alice B.").build());
        assertThat(put.cid()).isEqualTo(changed.computeCid());
    }

    private static Cid cid(RecordEntry<?> entry) {
        return Objects.requireNonNull(entry.cid());
    }

    @Test
    void literalKey_isCreatedThenPut() {
        Client client = signedIn();

        CreateRecord.Output created = client.create(
                Profile.RECORD, Profile.builder().displayName("one").build());
        client.put(Profile.RECORD, Profile.builder().displayName("two").build());

        assertThat(key(created.uri())).hasToString("self");
        assertThat(client.get(Profile.RECORD).value().displayName()).isEqualTo("two");
    }

    @Test
    void create_usesRequestedKey() {
        Client client = signedIn();

        CreateRecord.Output created =
                client.create(Post.RECORD, post("keyed"), WriteOptions.of(options -> options.rkey("3jzfcijpj2z2a")));

        assertThat(key(created.uri())).hasToString("3jzfcijpj2z2a");
        assertThat(client.get(Post.RECORD, "3jzfcijpj2z2a").value().text()).isEqualTo("keyed");
    }

    @Test
    void delete_again_succeeds() {
        Client client = signedIn();
        CreateRecord.Output created = client.create(Post.RECORD, post("short-lived"));
        String key = key(created.uri()).toString();

        assertThat(client.delete(Post.RECORD, key).commit()).isNotNull();
        assertThat(client.delete(Post.RECORD, key).commit()).isNull();

        assertRejected(400, "RecordNotFound", () -> client.get(Post.RECORD, key));
    }

    @Test
    void list_readsAllPagesInBothOrders() {
        Client client = signedIn();
        List<String> texts = List.of("one", "two", "three", "four", "five");
        for (int i = 0; i < texts.size(); i++) {
            String key = "3jzfcijpj2z2" + "abcde".charAt(i);
            client.create(Post.RECORD, post(texts.get(i)), WriteOptions.of(options -> options.rkey(key)));
        }

        assertThat(texts(client, ListOptions.of(list -> list.limit(2))))
                .containsExactly("five", "four", "three", "two", "one");
        assertThat(texts(client, ListOptions.of(list -> list.limit(2).reverse(true))))
                .containsExactlyElementsOf(texts);
        assertThat(client.list(Post.RECORD).values()).hasSize(5);

        RecordPage<Post> first = client.list(Post.RECORD, ListOptions.of(list -> list.limit(3)));
        assertThat(first.records()).hasSize(3);
        RecordPage<Post> second =
                client.list(Post.RECORD, ListOptions.of(list -> list.limit(3).cursor(String.valueOf(first.cursor()))));
        assertThat(second.values()).extracting(Post::text).containsExactly("two", "one");
    }

    private static List<String> texts(Client client, ListOptions options) {
        List<String> texts = new ArrayList<>();
        for (RecordPage<Post> page : client.listAll(Post.RECORD, options)) {
            assertThat(page.records()).hasSizeLessThanOrEqualTo(2);
            page.values().forEach(post -> texts.add(post.text()));
        }
        return texts;
    }

    @Test
    void list_invalidRecordIsSeparated() {
        Client client = signedIn();
        client.create(Post.RECORD, post("good"));
        LexMap bad = untyped("app.bsky.feed.post").put("text", 5).build();
        client.createRecord(bad, WriteOptions.of(options -> options.validate(false)));

        RecordPage<Post> page = client.list(Post.RECORD);

        assertThat(page.values()).extracting(Post::text).containsExactly("good");
        assertThat(page.records())
                .filteredOn(record -> record instanceof ListedRecord.Invalid)
                .singleElement()
                .satisfies(record -> assertThat(((ListedRecord.Invalid<Post>) record).value())
                        .isEqualTo(bad));
    }

    @Test
    void write_toOtherRepositoryIsRejected() {
        Client alice = signedIn();
        Client bob = signedIn();

        assertRejected(
                401,
                "AuthenticationRequired",
                () -> bob.create(
                        Post.RECORD, post("mine?"), WriteOptions.of(options -> options.repo(alice.requireDid()))));
        assertThat(alice.list(Post.RECORD).records()).isEmpty();
        assertThat(bob.list(Post.RECORD).records()).isEmpty();
    }
}
