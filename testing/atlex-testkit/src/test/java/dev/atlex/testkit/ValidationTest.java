package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexMap;
import dev.atlex.schema.document.Definition;
import dev.atlex.schema.document.LexiconDocument;
import dev.atlex.schema.document.LexiconDocuments;
import dev.atlex.testkit.internal.lexicon.BundledLexicons;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests the validation of records. The conformance tests compare more messages with those of the reference server. */
class ValidationTest {
    private static final String POST = "app.bsky.feed.post";
    private static final String TOO_LONG = "{'text':'" + "a".repeat(400) + "','createdAt':'2024-01-01T00:00:00.000Z'}";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private Http http;
    private String did;
    private String token;

    @BeforeEach
    void login(LocalPds pds, TestAccount alice) {
        http = new Http(pds);
        did = alice.did().toString();
        token = http.login(alice).string("accessJwt");
    }

    private Http.Reply create(String record, String more) {
        return create(http, record, more);
    }

    private Http.Reply create(Http server, String record, String more) {
        return server.post(
                "com.atproto.repo.createRecord",
                token,
                "{'repo':'" + did + "','collection':'" + POST + "'," + more + "'record':" + record + "}");
    }

    @Test
    void post_tooLongIsRejectedWithTheReferenceServersMessage() {
        assertThat(create(TOO_LONG, "").error())
                .isEqualTo("400 InvalidRequest: Invalid app.bsky.feed.post record:"
                        + " grapheme too big (maximum 300, got 400) at $.record.text");
        assertThat(create(TOO_LONG, "'validate':true,").status()).isEqualTo(400);
        assertThat(create(TOO_LONG, "'validate':false,").ok().json().keySet()).doesNotContain("validationStatus");
    }

    @Test
    void recordKey_ofAnotherTypeIsRejected() {
        assertThat(create("{'text':'x','createdAt':'2024-01-01T00:00:00.000Z'}", "'rkey':'self',")
                        .error())
                .isEqualTo("400 InvalidRequest: Invalid record key for app.bsky.feed.post:"
                        + " Invalid TID string (got \"self\") at $");
    }

    @Test
    void longValues_areShortenedInMessages() {
        assertThat(create("{'text':'x','createdAt':'" + "y".repeat(300) + "'}", "")
                        .error())
                .endsWith(" record: Invalid datetime (got \"" + "y".repeat(255) + "…\") at $.record.createdAt");
        assertThat(create("{'text':[1,[2,3,4],5],'createdAt':''}", "").error())
                .endsWith("Expected string value type (got [1, [2, 3, ...], ...]) at $.record.text");
    }

    @Test
    void applyWrites_namesTheInvalidWrite() {
        String write = "{'$type':'com.atproto.repo.applyWrites#create','collection':'" + POST + "','value':";
        assertThat(http.post(
                                "com.atproto.repo.applyWrites",
                                token,
                                "{'repo':'" + did + "','writes':[{'$type':'com.atproto.repo.applyWrites#delete',"
                                        + "'collection':'a.b.c','rkey':'x'}," + write + TOO_LONG + "}]}")
                        .error())
                .endsWith("grapheme too big (maximum 300, got 400) at $.writes[1].record.text");
    }

    @Test
    void none_supportsNoTypes() {
        try (LocalPds lenient = LocalPds.start(o -> o.recordValidator(RecordValidator.none()))) {
            TestAccount alice = lenient.createAccount("alice.test", "p");
            Http other = new Http(lenient);
            did = alice.did().toString();
            token = other.login(alice).string("accessJwt");

            assertThat(create(other, TOO_LONG, "").string("validationStatus")).isEqualTo("unknown");
            assertThat(create(other, TOO_LONG, "'validate':true,").error())
                    .isEqualTo("400 InvalidRequest: Unknown lexicon type: app.bsky.feed.post");
        }
    }

    @Test
    void validator_canAddTypes() {
        RecordValidator bundled = RecordValidator.bundled();
        LocalPds pds = LocalPds.start(o -> o.recordValidator((collection, key, record) ->
                collection.equals("com.example.note") ? checkNote(record) : bundled.validate(collection, key, record)));
        try (pds) {
            TestAccount alice = pds.createAccount("alice.test", "p");
            Http other = new Http(pds);
            did = alice.did().toString();
            token = other.login(alice).string("accessJwt");
            String note = "{'repo':'" + did + "','collection':'com.example.note','record':{'text':'x'}}";

            assertThat(other.post("com.atproto.repo.createRecord", token, note).string("validationStatus"))
                    .isEqualTo("valid");
            assertThat(create(other, TOO_LONG, "").status()).isEqualTo(400);
        }
    }

    private static boolean checkNote(LexMap record) {
        return record.getString("text") != null;
    }

    @Test
    void bundled_canBeDelegatedTo() {
        RecordValidator bundled = RecordValidator.bundled();
        LexMap noText =
                LexMap.builder().put("$type", POST).put("langs", LexArray.of()).build();

        assertThat(bundled.validate("com.example.note", "any", LexMap.of())).isFalse();
        assertThatThrownBy(() -> bundled.validate(POST, "3jzfcijpj2z2a", noText))
                .isInstanceOf(LexException.class)
                .hasMessage("Invalid app.bsky.feed.post record: Missing required key \"text\" at $.record");
    }

    @Test
    void bundledLexicons_includeEveryDocument() {
        for (LexiconDocument document :
                LexiconDocuments.load(Path.of("../../lexicons/documents")).all()) {
            List<String> names = List.copyOf(document.defs().keySet());
            Definition definition = BundledLexicons.resolve(document.id() + "#" + names.get(0));

            assertThat(definition).as(document.id() + "#" + names.get(0)).isNotNull();
        }
        assertThat(BundledLexicons.resolve("../app.bsky.feed.post")).isNull();
        assertThat(BundledLexicons.resolve("com.example.note")).isNull();
    }
}
