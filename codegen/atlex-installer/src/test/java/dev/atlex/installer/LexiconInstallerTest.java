package dev.atlex.installer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.client.Client;
import dev.atlex.client.WriteOptions;
import dev.atlex.client.transport.Transport;
import dev.atlex.data.Cid;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.identity.IdentityResolver;
import dev.atlex.installer.LexiconInstaller.Result;
import dev.atlex.schema.document.LexiconProblem;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Nsid;
import dev.atlex.syntax.RecordKey;
import dev.atlex.testkit.LocalPds;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

/** Tests the installer with documents on a local server and a fake DNS. */
class LexiconInstallerTest {
    private static LocalPds pds;

    @TempDir
    Path temp;

    private Client publisher;
    private Did did;

    @BeforeAll
    static void start() {
        pds = LocalPds.start();
    }

    @AfterAll
    static void stop() {
        pds.close();
    }

    @BeforeEach
    void publish() {
        pds.reset();
        pds.createAccount("publisher.test", "password");
        publisher = new Client(PasswordSession.login(pds.url().toString(), "publisher.test", "password"));
        did = publisher.requireDid();
        put("com.example.a", "{\"x\":{\"type\":\"ref\",\"ref\":\"com.example.b#part\"}}");
        put("com.example.b", "{\"x\":{\"type\":\"union\",\"refs\":[\"com.example.c\",\"com.example.a\"]}}");
        put("com.example.c", "{\"x\":{\"type\":\"string\",\"knownValues\":[\"plain\",\"com.example.d#token\"]}}");
        put("com.example.d", "{}");
    }

    @Test
    void referencedDocumentsAreWrittenAndPinned() throws IOException {
        Result result = installer().install(List.of("com.example.a"));

        assertThat(result.fetched()).containsExactly(nsids("a", "b", "c", "d"));
        assertThat(result.manifest().lexicons()).containsExactly(nsids("a"));
        assertThat(result.manifest().resolutions().keySet()).containsExactly(nsids("a", "b", "c", "d"));
        assertThat(LexiconManifest.parse(Files.readAllBytes(manifest()))).isEqualTo(result.manifest());
        LexMap written = (LexMap) LexValue.parseJson(Files.readString(file("b")));
        assertThat(written.cid())
                .isEqualTo(result.manifest().resolutions().get(nsid("b")).cid());
        assertThat(result.manifest().resolutions().get(nsid("b")).uri())
                .hasToString("at://" + did + "/com.atproto.lexicon.schema/com.example.b");
    }

    @Test
    void progressReportsFetchedDocuments() throws IOException {
        List<Nsid> told = new ArrayList<>();
        LexiconInstaller installer = new LexiconInstaller(network(nsid -> did), folder(), manifest(), told::add);

        installer.install(List.of("com.example.a"));
        assertThat(told).containsExactly(nsids("a", "b", "c", "d"));

        told.clear();
        Files.delete(file("c"));
        installer.install(List.of());
        assertThat(told).containsExactly(nsids("c"));
    }

    @Test
    void manifestHasFormatOfTypeScriptPackage() throws IOException {
        installer().install(List.of("com.example.d"));
        Cid cid = ((LexMap) LexValue.parseJson(Files.readString(file("d")))).cid();

        assertThat(manifest()).hasContent("""
                {
                  "version": 1,
                  "lexicons": [
                    "com.example.d"
                  ],
                  "resolutions": {
                    "com.example.d": {
                      "uri": "at://%s/com.atproto.lexicon.schema/com.example.d",
                      "cid": "%s"
                    }
                  }
                }
                """.formatted(did, cid));
        assertThat(Files.readString(manifest())).endsWith("}\n");
    }

    @Test
    void secondRunSendsNoRequests() {
        installer().install(List.of("com.example.a"));
        pds.clearRequests();

        Result result = installer().install(List.of());

        assertThat(result.fetched()).isEmpty();
        assertThat(pds.requests()).isEmpty();
    }

    @Test
    void missingDocumentsAreFetchedFromPinnedUri() throws IOException {
        installer().install(List.of("com.example.a"));
        Files.delete(file("c"));

        Result result = new LexiconInstaller(
                        network(nsid -> {
                            throw new AssertionError("asked the DNS for " + nsid);
                        }),
                        folder(),
                        manifest())
                .install(List.of());

        assertThat(result.fetched()).containsExactly(nsids("c"));
        assertThat(file("c")).exists();
    }

    @Test
    void changedDocumentIsRejectedAndNothingIsWritten() throws IOException {
        installer().install(List.of("com.example.a"));
        String before = Files.readString(manifest());
        Files.delete(file("c"));
        Files.delete(file("d"));
        put("com.example.d", "{\"new\":{\"type\":\"string\"}}");

        assertThatThrownBy(() -> installer().install(List.of()))
                .isInstanceOf(InstallException.class)
                .hasMessageContaining("com.example.d (com.example.c refers to it): at://" + did)
                .hasMessageContaining("(pinned as ");
        assertThat(file("c")).doesNotExist();
        assertThat(manifest()).hasContent(before);
    }

    @Test
    void update_pinsCurrentVersions() throws IOException {
        installer().install(List.of("com.example.a"));
        put("com.example.d", "{\"new\":{\"type\":\"string\"}}");

        Result result = installer().update(List.of());

        assertThat(result.fetched()).containsExactly(nsids("a", "b", "c", "d"));
        assertThat(Files.readString(file("d"))).contains("\"new\"");
        installer().verify();
    }

    @Test
    void unreferencedDocumentIsUnpinned() {
        installer().install(List.of("com.example.a"));
        put("com.example.a", "{}");

        Result result = installer().update(List.of());

        assertThat(result.manifest().resolutions().keySet()).containsExactly(nsids("a"));
    }

    @Test
    void documentsInTheFolderAreNotFetched() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("mine.json"), document("com.example.d", "{}"));

        Result result = installer().install(List.of("com.example.c"));

        assertThat(result.fetched()).containsExactly(nsids("c"));
        assertThat(file("d")).doesNotExist();
    }

    @Test
    void documentIsAddedByUri() {
        Result result = new LexiconInstaller(
                        network(nsid -> {
                            throw new AssertionError("asked the DNS for " + nsid);
                        }),
                        folder(),
                        manifest())
                .install(List.of("at://" + did + "/com.atproto.lexicon.schema/com.example.d"));

        assertThat(result.manifest().lexicons()).containsExactly(nsids("d"));
    }

    @Test
    void serverIsFoundByDnsAndDidDocument() {
        IdentityResolver resolver = IdentityResolver.builder()
                .dns(name -> name.equals("_lexicon.example.com") ? List.of("did=" + did) : List.of())
                .plcUrl(pds.plcUrl())
                .allowPrivateAddresses(true)
                .build();

        Result result = new LexiconInstaller(LexiconNetwork.of(resolver), folder(), manifest())
                .install(List.of("com.example.a"));

        assertThat(result.fetched()).containsExactly(nsids("a", "b", "c", "d"));
    }

    @Test
    void verify_fetchesMissingDocumentsAndKeepsTheManifest() throws IOException {
        installer().install(List.of("com.example.a"));
        String before = Files.readString(manifest());
        Files.delete(file("d"));

        assertThat(installer().verify().fetched()).containsExactly(nsids("d"));
        assertThat(manifest()).hasContent(before);
    }

    @Test
    void verify_editedDocument_fails() throws IOException {
        installer().install(List.of("com.example.a"));
        Files.writeString(file("d"), document("com.example.d", "{\"mine\":{\"type\":\"string\"}}"));

        assertThatThrownBy(() -> installer().verify())
                .isInstanceOf(InstallException.class)
                .hasMessageStartingWith(manifest() + " is out of date: com.example.d has the CID ")
                .hasMessageContaining(" but is pinned as ");
    }

    @Test
    void verify_unpinnedOrUnneededDocument_fails() throws IOException {
        installer().install(List.of("com.example.c"));
        String pinsOfC = Files.readString(manifest());
        Files.writeString(file("c"), document("com.example.c", "{\"x\":{\"type\":\"ref\",\"ref\":\"com.example.b\"}}"));

        assertThatThrownBy(() -> installer().verify())
                .isInstanceOf(InstallException.class)
                .hasMessageContaining("com.example.a is required but not pinned")
                .hasMessageContaining("com.example.b is required but not pinned");
        Files.writeString(file("c"), document("com.example.c", "{}"));
        assertThatThrownBy(() -> installer().verify()).hasMessageContaining("com.example.d is pinned but not required");
        assertThat(manifest()).hasContent(pinsOfC);
    }

    @Test
    void verify_withoutManifest_fails() {
        assertThatThrownBy(() -> installer().verify())
                .isInstanceOf(InstallException.class)
                .hasMessage(manifest() + ": file not found");
    }

    @Test
    void unpublishedDocument_messageNamesTheReferrer() {
        put("com.example.d", "{\"x\":{\"type\":\"ref\",\"ref\":\"com.example.gone\"}}");

        assertThatThrownBy(() -> installer().install(List.of("com.example.a")))
                .isInstanceOf(InstallException.class)
                .hasMessageStartingWith("com.example.gone (com.example.d refers to it): ");
        assertThat(folder()).doesNotExist();
        assertThat(manifest()).doesNotExist();
    }

    @Test
    void recordForAnotherDocumentIsRejected() {
        publisher.putRecord(
                record(document("com.example.other", "{}")), RecordKey.of("com.example.d"), WriteOptions.of(o -> {}));

        assertThatThrownBy(() -> installer().install(List.of("com.example.d")))
                .isInstanceOf(InstallException.class)
                .hasMessage("com.example.d: expected com.example.d (got com.example.other) at $.id");
    }

    @Test
    void invalidDocumentIsRejected() {
        publisher.putRecord(
                record("{\"lexicon\":1,\"id\":\"com.example.d\",\"defs\":{\"main\":{\"type\":\"nonsense\"}}}"),
                RecordKey.of("com.example.d"),
                WriteOptions.of(o -> o.validate(false)));

        assertThatThrownBy(() -> installer().install(List.of("com.example.d")))
                .isInstanceOf(InstallException.class)
                .hasMessageStartingWith("com.example.d: ")
                .hasMessageContaining("$.defs.main.type");
    }

    @Test
    void permissionsReferenceMethodsAndCollections() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("set.json"), """
                {"lexicon":1,"id":"com.example.set","defs":{"main":{"type":"permission-set","title":"T","detail":"D","permissions":[
                 {"type":"permission","resource":"rpc","lxm":["com.example.c","*"],"aud":"*"},
                 {"type":"permission","resource":"repo","collection":["com.example.d"]},
                 {"type":"permission","resource":"blob","accept":["com.example.a"]}]}}}""");

        Result result = installer().install(List.of("com.example.set"));

        assertThat(result.fetched()).containsExactly(nsids("c", "d"));
    }

    @Test
    void invalidAdditionsAreRejected() {
        assertThatThrownBy(() -> installer().install(List.of("nonsense")))
                .isInstanceOf(InvalidSyntaxException.class)
                .hasMessageContaining("\"nonsense\"");
        assertThatThrownBy(() -> installer().install(List.of("at://" + did)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at://DID/com.atproto.lexicon.schema/NSID");
        assertThatThrownBy(() -> installer()
                        .install(List.of("com.example.d", "at://" + did + "/com.atproto.lexicon.schema/com.example.d")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessage("com.example.d is requested from two addresses");
    }

    @Test
    void invalidManifest_messageNamesFileAndPath() throws IOException {
        Files.writeString(manifest(), "{\"version\":1,\"lexicons\":[\"com.example.a\",\"x\"],\"resolutions\":{}}");

        assertThatThrownBy(() -> installer().install(List.of()))
                .isInstanceOf(InstallException.class)
                .hasMessage(manifest() + ": expected an NSID at $.lexicons[1]");
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links require privileges")
    void folderMayBeASymbolicLink() throws IOException {
        Path real = Files.createDirectories(temp.resolve("real"));
        Files.createSymbolicLink(folder(), real);
        Files.writeString(real.resolve("mine.json"), document("com.example.c", "{}"));

        Result result = installer().install(List.of("com.example.b", "com.example.c"));

        assertThat(result.fetched()).containsExactly(nsids("a", "b"));
        assertThat(real.resolve("com/example/b.json")).exists();
        assertThat(installer().install(List.of()).fetched()).isEmpty();
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "symbolic links require privileges")
    void linkedFolder_topLevelDocumentIsUpdatedInPlace() throws IOException {
        Path real = Files.createDirectories(temp.resolve("real"));
        Files.createSymbolicLink(folder(), real);
        Files.writeString(real.resolve("mine.json"), document("com.example.d", "{}"));

        installer().update(List.of("com.example.d"));

        assertThat(installer().verify().fetched()).isEmpty();
        assertThat(real.resolve("mine.json")).exists();
        assertThat(real.resolve("com")).doesNotExist();
    }

    @Test
    void manifestMayBeInTheDocumentsFolder() throws IOException {
        Files.createDirectories(folder());
        Path manifest = folder().resolve("lexicons.json");
        LexiconInstaller installer =
                new LexiconInstaller(network(nsid -> did), folder().resolve("../lexicons"), manifest);
        installer.install(List.of("com.example.d"));

        assertThat(installer.verify().fetched()).isEmpty();
    }

    @Test
    void noTemporaryFilesAreLeft() throws IOException {
        installer().install(List.of("com.example.a"));

        try (Stream<Path> all = Files.walk(temp)) {
            assertThat(all.filter(Files::isRegularFile)).hasSize(5);
        }
    }

    private LexiconInstaller limited(Consumer<InstallLimits.Builder> limits) {
        return new LexiconInstaller(network(nsid -> did), folder(), manifest(), nsid -> {}, InstallLimits.of(limits));
    }

    @Test
    void endlessReferencesExceedALimit() throws IOException {
        for (int i = 0; i < 6; i++) {
            put("com.example.n" + i, "{\"x\":{\"type\":\"ref\",\"ref\":\"com.example.n" + (i + 1) + "\"}}");
        }
        put("com.example.n6", "{}");

        assertThatThrownBy(() -> limited(l -> l.maxDocuments(5)).install(List.of("com.example.n0")))
                .isInstanceOfSatisfying(InstallLimitException.class, e -> {
                    assertThat(e.limit()).isEqualTo("maxDocuments");
                    assertThat(e.value()).isEqualTo(5);
                })
                .hasMessage("com.example.n6 (com.example.n5 refers to it): more than 5 referenced documents;"
                        + " raise maxDocuments to allow it");
        assertThatThrownBy(() -> limited(l -> l.maxDepth(5)).install(List.of("com.example.n0")))
                .isInstanceOf(InstallLimitException.class)
                .hasMessageContaining("more than 5 references in a chain; raise maxDepth to allow it");
        assertThatThrownBy(() -> limited(l -> l.maxBytes(300)).install(List.of("com.example.n0")))
                .isInstanceOf(InstallLimitException.class)
                .hasMessageContaining("more than 300 bytes in total; raise maxBytes to allow it");
        assertThat(folder()).doesNotExist();
        assertThat(manifest()).doesNotExist();
        assertThat(limited(l -> l.maxDocuments(6).maxDepth(6))
                        .install(List.of("com.example.n0"))
                        .fetched())
                .hasSize(7);
    }

    @Test
    void thousandsOfReferences_failBeforeTheyAreFetched() {
        StringBuilder refs = new StringBuilder();
        for (int i = 0; i < 3000; i++) {
            refs.append(i == 0 ? "" : ",")
                    .append("\"com.example.many")
                    .append(i)
                    .append('"');
        }
        put("com.example.wide", "{\"x\":{\"type\":\"union\",\"refs\":[" + refs + "]}}");
        pds.clearRequests();

        assertThatThrownBy(() -> installer().install(List.of("com.example.wide")))
                .isInstanceOf(InstallLimitException.class)
                .hasMessageContaining("more than 1000 referenced documents");
        assertThat(pds.requests()).hasSize(1);
    }

    @Test
    void requestedPinnedOrExistingDocuments_areNotCounted() throws IOException {
        limited(l -> l.maxDocuments(3)).install(List.of("com.example.a"));
        Files.delete(file("c"));
        Files.delete(file("d"));

        assertThat(limited(l -> l.maxDocuments(1)).install(List.of()).fetched()).hasSize(2);
        assertThat(limited(l -> l.maxDocuments(1)).verify().fetched()).isEmpty();
        assertThat(limited(l -> l.maxDocuments(1))
                        .update(List.of("com.example.b", "com.example.c"))
                        .fetched())
                .hasSize(4);
        assertThatThrownBy(() -> limited(l -> l.maxDocuments(0))).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void authoritiesAndServersAreLookedUpOnce() {
        List<Nsid> authorities = new ArrayList<>();
        List<Did> servers = new ArrayList<>();
        LexiconNetwork network = new LexiconNetwork(
                nsid -> {
                    authorities.add(nsid);
                    return did;
                },
                account -> {
                    servers.add(account);
                    return pds.url();
                },
                Transport.jdk());

        new LexiconInstaller(network, folder(), manifest()).install(List.of("com.example.a"));

        assertThat(authorities).hasSize(1);
        assertThat(servers).hasSize(1);
    }

    @Test
    void allFailedDocumentsAreReported() {
        put(
                "com.example.a",
                "{\"x\":{\"type\":\"union\",\"refs\":[\"com.example.gone\",\"com.example.bad\",\"com.example.d\"]}}");
        put("com.example.bad", "{\"x\":{\"type\":\"strnig\"}}");

        assertThatThrownBy(() -> installer().install(List.of("com.example.a")))
                .isInstanceOfSatisfying(
                        InstallException.class,
                        e -> assertThat(e.problems())
                                .extracting(LexiconProblem::file)
                                .containsExactly(
                                        "com.example.bad (com.example.a refers to it)",
                                        "com.example.gone (com.example.a refers to it)"));
        assertThat(folder()).doesNotExist();
    }

    @Test
    void allInvalidFilesInTheFolderAreReported() throws IOException {
        Files.createDirectories(folder());
        Files.writeString(folder().resolve("a.json"), "{");
        Files.writeString(folder().resolve("b.json"), "[]");

        assertThatThrownBy(() -> installer().install(List.of()))
                .isInstanceOfSatisfying(
                        InstallException.class, e -> assertThat(e.problems()).hasSize(2))
                .hasMessageContainingAll(folder().resolve("a.json") + ": $", folder().resolve("b.json") + ": $");
    }

    private LexiconInstaller installer() {
        return new LexiconInstaller(network(nsid -> did), folder(), manifest());
    }

    private static LexiconNetwork network(Function<Nsid, Did> authority) {
        return new LexiconNetwork(authority, account -> pds.url(), Transport.jdk());
    }

    private Path folder() {
        return temp.resolve("lexicons");
    }

    private Path manifest() {
        return temp.resolve("lexicons.json");
    }

    private Path file(String name) {
        return folder().resolve("com/example/" + name + ".json");
    }

    private static Nsid nsid(String name) {
        return Nsid.of("com.example." + name);
    }

    private static Nsid[] nsids(String... names) {
        return Stream.of(names).map(LexiconInstallerTest::nsid).toArray(Nsid[]::new);
    }

    private void put(String nsid, String properties) {
        publisher.putRecord(record(document(nsid, properties)), RecordKey.of(nsid), WriteOptions.of(o -> {}));
    }

    private static String document(String nsid, String properties) {
        return "{\"lexicon\":1,\"id\":\"" + nsid + "\",\"defs\":{\"main\":{\"type\":\"object\",\"properties\":"
                + properties + "},\"part\":{\"type\":\"object\",\"properties\":{}}}}";
    }

    private static LexMap record(String document) {
        return ((LexMap) LexValue.parseJson(document))
                .toBuilder()
                        .put("$type", LexValue.of("com.atproto.lexicon.schema"))
                        .build();
    }
}
