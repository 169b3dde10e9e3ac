package dev.atlex.schema.document;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.atlex.data.LexDataException;
import dev.atlex.schema.document.Definition.ArrayDef;
import dev.atlex.schema.document.Definition.Body;
import dev.atlex.schema.document.Definition.ObjectDef;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.RecordDef;
import dev.atlex.schema.document.Definition.RefDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.Definition.TokenDef;
import dev.atlex.schema.document.Definition.UnionDef;
import dev.atlex.syntax.Nsid;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class LexiconDocumentsTest {
    private static final Path LEXICONS = Path.of("../../lexicons/documents");

    @TempDir
    Path folder;

    @Test
    void load_bundledDocuments_areSorted() {
        LexiconDocuments documents = LexiconDocuments.load(LEXICONS);

        assertThat(documents.all()).hasSize(387);
        assertThat(documents.all())
                .extracting(document -> document.id().toString())
                .isSorted();
        assertThat(documents.get(Nsid.of("app.bsky.feed.post"))).isNotNull();
        assertThat(documents.get(Nsid.of("app.bsky.feed.nothing"))).isNull();
    }

    @Test
    void resolve_returnsDefinitionOrNull() {
        LexiconDocuments documents = LexiconDocuments.load(LEXICONS);

        assertThat(documents.resolve("app.bsky.feed.post")).isInstanceOf(RecordDef.class);
        assertThat(documents.resolve("app.bsky.feed.defs#postView")).isInstanceOf(ObjectDef.class);
        assertThat(documents.resolve("app.bsky.feed.getTimeline")).isInstanceOf(QueryDef.class);
        assertThat(documents.resolve("app.bsky.feed.defs"))
                .as("no main definition")
                .isNull();
        assertThat(documents.resolve("app.bsky.feed.defs#nothing")).isNull();
        assertThat(documents.resolve("com.example.nothing#postView")).isNull();
    }

    @Test
    void bundledDocuments_haveNoUnresolvedReferences() {
        LexiconDocuments documents = LexiconDocuments.load(LEXICONS);
        List<String> refs = new ArrayList<>();
        for (LexiconDocument document : documents.all()) {
            document.defs().values().forEach(def -> collect(def, refs));
        }

        assertThat(refs).as("number of references in the files").hasSize(942);
        assertThat(refs).allSatisfy(ref -> assertThat(documents.resolve(ref)).isNotNull());
    }

    @Test
    void load_searchesSubfoldersAndIgnoresOtherFiles() throws IOException {
        write("com/example/thing.json", "com.example.thing");
        Files.writeString(folder.resolve("README.md"), "not a document");

        LexiconDocuments documents = LexiconDocuments.load(folder);

        assertThat(documents.all()).hasSize(1);
        assertThat(documents.resolve("com.example.thing")).isEqualTo(new TokenDef(null));
    }

    @Test
    @DisabledOnOs(value = OS.WINDOWS, disabledReason = "links need rights there")
    void load_followsSymbolicLinks() throws IOException {
        Path elsewhere = Files.createDirectories(folder.resolve("elsewhere"));
        Path real = Files.createDirectories(folder.resolve("real"));
        Path file = write("a.json", "com.example.a");
        write("elsewhere/b.json", "com.example.b");
        Files.createSymbolicLink(real.resolve("a.json"), file);
        Files.createSymbolicLink(real.resolve("below"), elsewhere);
        Files.createSymbolicLink(real.resolve("gone.json"), folder.resolve("nowhere"));
        Path link = Files.createSymbolicLink(folder.resolve("link"), real);

        assertThat(LexiconDocuments.load(link).all())
                .extracting(document -> document.id().toString())
                .containsExactly("com.example.a", "com.example.b");
    }

    @Test
    void load_invalidDocument_namesTheFile() throws IOException {
        Path file = write("com/example/thing.json", "thing");

        assertThatThrownBy(() -> LexiconDocuments.load(folder)).isInstanceOfSatisfying(LexDataException.class, e -> {
            assertThat(e.path()).isEqualTo(file + ": $.id");
            assertThat(e.reason()).isEqualTo("expected an NSID, got \"thing\"");
        });
    }

    @Test
    void load_malformedJson_namesTheFile() throws IOException {
        Path file = folder.resolve("broken.json");
        Files.writeString(file, "{\"lexicon\": 1,");

        assertThatThrownBy(() -> LexiconDocuments.load(folder))
                .isInstanceOfSatisfying(
                        LexDataException.class, e -> assertThat(e.path()).startsWith(file + ": $"));
    }

    @Test
    void load_duplicateId_namesBothFiles() throws IOException {
        Path first = write("a.json", "com.example.thing");
        Path second = write("b.json", "com.example.thing");

        assertThatThrownBy(() -> LexiconDocuments.load(folder))
                .isInstanceOf(LexDataException.class)
                .hasMessageContainingAll(first.toString(), second.toString(), "com.example.thing");
    }

    @Test
    void load_severalProblems_reportsAll() throws IOException {
        write("c.json", "com.example.thing");
        Path d = write("d.json", "com.example.thing");
        Path b = write("b.json", "thing");
        Path a = Files.writeString(folder.resolve("a.json"), "{");

        assertThatThrownBy(() -> LexiconDocuments.load(folder))
                .isInstanceOfSatisfying(InvalidLexiconsException.class, e -> {
                    assertThat(e.problems()).extracting(LexiconProblem::file).containsExactly(a + "", b + "", d + "");
                    assertThat(e.path()).startsWith(a + ": $");
                    assertThat(e.getMessage().lines().toList())
                            .hasSize(3)
                            .contains(b + ": $.id: expected an NSID, got \"thing\"");
                });
    }

    @Test
    void load_withConsumer_skipsInvalidDocuments() throws IOException {
        write("a.json", "com.example.a");
        write("b.json", "com.example.b");
        Files.writeString(folder.resolve("broken.json"), "[]");
        List<String> problems = new ArrayList<>();

        LexiconDocuments documents = LexiconDocuments.load(folder, problem -> problems.add(problem.toString()));

        assertThat(documents.all())
                .extracting(document -> document.id().toString())
                .containsExactly("com.example.a", "com.example.b");
        assertThat(problems).containsExactly(folder.resolve("broken.json") + ": $: expected an object, got array");
    }

    @Test
    void of_duplicateId_throws() {
        LexiconDocument document =
                LexiconDocument.parse(text("com.example.thing").getBytes(java.nio.charset.StandardCharsets.UTF_8));

        assertThat(LexiconDocuments.of(List.of(document)).get(Nsid.of("com.example.thing")))
                .isEqualTo(document);
        assertThatThrownBy(() -> LexiconDocuments.of(List.of(document, document)))
                .isInstanceOf(LexDataException.class)
                .hasMessageContaining("com.example.thing");
    }

    @Test
    void load_missingFolder_namesIt() {
        assertThatThrownBy(() -> LexiconDocuments.load(folder.resolve("absent")))
                .isInstanceOf(UncheckedIOException.class)
                .hasMessageContaining("absent");
    }

    private static void collect(@Nullable Definition def, List<String> refs) {
        if (def instanceof RefDef ref) {
            refs.add(ref.ref());
        } else if (def instanceof UnionDef union) {
            refs.addAll(union.refs());
        } else if (def instanceof ArrayDef array) {
            collect(array.items(), refs);
        } else if (def instanceof ObjectDef object) {
            object.properties().values().forEach(property -> collect(property, refs));
        } else if (def instanceof RecordDef record) {
            collect(record.record(), refs);
        } else if (def instanceof QueryDef query) {
            collect(query.output(), refs);
        } else if (def instanceof ProcedureDef procedure) {
            collect(procedure.input(), refs);
            collect(procedure.output(), refs);
        } else if (def instanceof SubscriptionDef subscription) {
            collect(subscription.message(), refs);
        }
    }

    private static void collect(@Nullable Body body, List<String> refs) {
        if (body != null) {
            collect(body.schema(), refs);
        }
    }

    private Path write(String name, String id) throws IOException {
        Path file = folder.resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text(id));
    }

    private static String text(String id) {
        return "{\"lexicon\": 1, \"id\": \"" + id + "\", \"defs\": {\"main\": {\"type\": \"token\"}}}";
    }
}
