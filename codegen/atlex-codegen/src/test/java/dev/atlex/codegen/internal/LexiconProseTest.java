package dev.atlex.codegen.internal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import dev.atlex.data.LexValue;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.document.Definition.ProcedureDef;
import dev.atlex.schema.document.Definition.QueryDef;
import dev.atlex.schema.document.Definition.SubscriptionDef;
import dev.atlex.schema.document.LexiconDocument;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Checks the prose of the bundled documents, in {@code lexicons/prose}. See docs/decisions/0018. The generator itself checks
 * that each file and key is about something that exists.
 */
class LexiconProseTest {
    private static final Path LEXICONS = Path.of("../../lexicons");

    /** The namespaces in which each property, parameter and declared error has prose, not only each definition. */
    private static final List<String> COMMON = List.of(
            "com.atproto.repo.",
            "com.atproto.server.",
            "com.atproto.sync.",
            "com.atproto.identity.",
            "app.bsky.feed.",
            "app.bsky.actor.",
            "app.bsky.graph.",
            "app.bsky.notification.",
            "app.bsky.embed.",
            "app.bsky.richtext.",
            "chat.bsky.convo.");

    private static final Map<String, LexiconDocument> documents = new TreeMap<>();
    private static final Map<String, Map<String, String>> prose = new TreeMap<>();

    @BeforeAll
    static void read() throws Exception {
        for (LexiconFiles.Content file : LexiconFiles.read(List.of(LEXICONS.resolve("documents")), "documents")) {
            LexiconDocument document = LexiconFiles.parse(file.name(), file.json());
            documents.put(document.id().toString(), document);
        }
        for (LexiconFiles.Content file : LexiconFiles.read(List.of(LEXICONS.resolve("prose")), "prose")) {
            Map<String, String> sentences = new LinkedHashMap<>();
            map(file.json()).forEach((key, value) -> sentences.put(key, ((LexString) value).value()));
            prose.put(file.name().replace(".json", "").replace('/', '.'), sentences);
        }
    }

    private static LexMap map(byte[] json) {
        return (LexMap) LexValue.parseJson(json, ReadOptions.STRICT);
    }

    @Test
    void everyDefinitionHasProse() {
        assertThat(missing(List.of(""), key -> !key.contains("/"))).isEmpty();
    }

    @Test
    void everyPropertyInCommonNamespacesHasProse() {
        // Prose about the body itself is optional, for facts that its properties don't mention.
        assertThat(missing(COMMON, key -> key.contains("/") && !key.matches("[^/]+/(input|output|message)")))
                .isEmpty();
    }

    private static List<String> missing(List<String> namespaces, Predicate<String> wanted) {
        List<String> missing = new ArrayList<>();
        documents.forEach((nsid, document) -> {
            if (namespaces.stream().anyMatch(nsid::startsWith)) {
                ProseKeys.of(document).stream()
                        .filter(wanted)
                        .filter(key -> !prose.getOrDefault(nsid, Map.of()).containsKey(key))
                        .forEach(key -> missing.add(nsid + " " + key));
            }
        });
        return missing;
    }

    @Test
    void everyDeprecationHasAdvice() throws Exception {
        LexMap deprecated =
                map(Files.readAllBytes(LEXICONS.resolve("deprecated.json"))).getMap("documents");
        List<String> missing = new ArrayList<>();
        deprecated.forEach((nsid, keys) -> ((LexArray) keys).forEach(key -> {
            String sentence = prose.getOrDefault(nsid, Map.of()).getOrDefault(((LexString) key).value(), "");
            Text text = Text.ofProse(sentence, true);
            if (text.deprecated().equals(Text.ofProse("", true).deprecated())) {
                missing.add(nsid + " " + key);
            }
        }));
        assertThat(missing).isEmpty();
    }

    @Test
    void keysAreInDocumentOrder() {
        prose.forEach((nsid, sentences) -> {
            Set<String> ordered = new LinkedHashSet<>(ProseKeys.of(documents.get(nsid)));
            ordered.retainAll(sentences.keySet());
            assertThat(sentences.keySet()).as(nsid).containsExactlyElementsOf(ordered);
        });
    }

    @Test
    void everySentenceAddsToTheName() {
        assertThat(complaints((nsid, key, sentence, complain) -> {
                    if (ContentWords.of(sentence, List.of(nsid, key)).isEmpty()) {
                        complain.accept("repeats the name");
                    }
                }))
                .isEmpty();
    }

    @Test
    void sentencesArePlainAndEndWithAPeriod() {
        assertThat(complaints((nsid, key, sentence, complain) -> {
                    if (!sentence.endsWith(".")) {
                        complain.accept("doesn't end with a period");
                    }
                    if (!sentence.matches("[A-Z`0-9@#$].*")) {
                        complain.accept("doesn't begin with a capital letter");
                    }
                    if (sentence.chars().filter(c -> c == '`').count() % 2 != 0) {
                        complain.accept("has an unpaired backtick");
                    }
                    if (sentence.contains("<") || sentence.contains("{@")) {
                        complain.accept("contains markup");
                    }
                }))
                .isEmpty();
    }

    @Test
    void methodProseBeginsWithVerb() {
        assertThat(complaints((nsid, key, sentence, complain) -> {
                    boolean method = documents.get(nsid).def(key) instanceof QueryDef
                            || documents.get(nsid).def(key) instanceof ProcedureDef
                            || documents.get(nsid).def(key) instanceof SubscriptionDef;
                    if (method && !sentence.matches("[A-Z][a-z]+s\\b.*")) {
                        complain.accept("doesn't begin with a verb in the third person");
                    }
                }))
                .isEmpty();
    }

    private interface Check {
        void check(String nsid, String key, String sentence, Consumer<String> complain);
    }

    private static List<String> complaints(Check check) {
        List<String> complaints = new ArrayList<>();
        prose.forEach((nsid, sentences) -> sentences.forEach((key, sentence) -> check.check(
                nsid, key, sentence, why -> complaints.add(nsid + " " + key + ": \"" + sentence + "\" " + why))));
        return complaints;
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            app.bsky.feed.post,             main/text,                The text.
            app.bsky.feed.getTimeline,      main,                     Gets the timeline.
            app.bsky.actor.getProfiles,     main,                     Returns actor profiles.
            app.bsky.feed.getTimeline,      main/params/cursor,       Cursor for pagination.
            com.atproto.server.getSession,  main/output/emailAuthFactor, Whether the email has an auth factor.
            app.bsky.feed.defs,             postView/likeCount,       The count of likes.
            """)
    void sentenceThatRepeatsTheName_isReported(String nsid, String key, String sentence) {
        assertThat(ContentWords.of(sentence, List.of(nsid, key))).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(textBlock = """
            app.bsky.feed.post,          main/text,             Body of the post in Markdown.
            app.bsky.feed.getTimeline,   main,                  Returns the home timeline.
            app.bsky.feed.getTimeline,   main/output/cursor,    The cursor is absent on the last page.
            """)
    void sentenceThatAddsInformation_isAccepted(String nsid, String key, String sentence) {
        assertThat(ContentWords.of(sentence, List.of(nsid, key))).isNotEmpty();
    }
}
