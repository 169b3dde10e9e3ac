package dev.atlex.differential;

import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Generates viewers with their preferences and labelers, and related subjects. All of them are valid. */
final class ModerationGenerator {
    private static final String DEFS = "app.bsky.actor.defs#";
    private static final String CID = "bafyreihj6awxw6r6l5uzwp2m6bhcucppcnsv2gcwyhkmdyfmzkl5vfgyqe";
    private static final String TIME = "2026-01-02T03:04:05.678Z";
    static final String BLUESKY = "did:plc:ar7c4by46qjdydhdevvrndac";
    private static final List<String> LABELERS =
            List.of(BLUESKY, "did:plc:aaaaaaaaaaaaaaaaaaaaaaaa", "did:plc:bbbbbbbbbbbbbbbbbbbbbbbb");
    private static final List<String> ACCOUNTS =
            List.of("did:plc:cccccccccccccccccccccccc", "did:plc:dddddddddddddddddddddddd", "did:web:example.com");
    private static final List<String> CUSTOM = List.of("spoiler", "rude", "adult-art", "porn", "gore", "a");
    private static final List<String> LABELS = List.of(
            "!hide",
            "!warn",
            "!no-unauthenticated",
            "porn",
            "sexual",
            "nudity",
            "graphic-media",
            "gore",
            "nsfw",
            "suggestive",
            "spoiler",
            "rude",
            "adult-art",
            "a",
            "unknown",
            "Porn",
            "!takedown",
            "spam1");

    private final Random random;
    private final MutedTextGenerator texts;
    /** Labels that are negated or expired, which upstream doesn't get. */
    private final boolean inactive;

    ModerationGenerator(Random random, boolean inactive) {
        this.random = random;
        this.texts = new MutedTextGenerator(random);
        this.inactive = inactive;
    }

    private <T> T pick(List<T> all) {
        return all.get(random.nextInt(all.size()));
    }

    private boolean chance(int percent) {
        return random.nextInt(100) < percent;
    }

    private List<LexValue> many(int max, Supplier<? extends LexValue> element) {
        List<LexValue> list = new ArrayList<>();
        for (int i = random.nextInt(max + 1); i > 0; i--) {
            list.add(element.get());
        }
        return list;
    }

    private static LexMap.Builder typed(String type) {
        return LexMap.builder().put("$type", type);
    }

    @Nullable
    String viewer() {
        return chance(80) ? pick(ACCOUNTS) : null;
    }

    List<LexValue> preferences() {
        List<LexValue> all = new ArrayList<>();
        // Without a name, upstream would write preferences.
        all.add(typed(DEFS + "savedFeedsPrefV2")
                .put("items", LexValue.of(List.of()))
                .build());
        if (chance(70)) {
            all.add(typed(DEFS + "adultContentPref").put("enabled", chance(60)).build());
        }
        if (chance(70)) {
            all.add(typed(DEFS + "labelersPref")
                    .put("labelers", LexValue.of(many(2, () -> LexMap.of("did", LexValue.of(pick(LABELERS))))))
                    .build());
        }
        all.addAll(many(5, this::contentLabel));
        if (chance(60)) {
            all.add(typed(DEFS + "mutedWordsPref")
                    .put("items", LexValue.of(many(20, this::mutedWord)))
                    .build());
        }
        if (chance(40)) {
            all.add(typed(DEFS + "hiddenPostsPref")
                    .put("items", LexValue.of(many(2, () -> LexValue.of(postUri()))))
                    .build());
        }
        return all;
    }

    private LexMap contentLabel() {
        LexMap.Builder pref = typed(DEFS + "contentLabelPref")
                .put("label", pick(LABELS))
                .put("visibility", pick(List.of("ignore", "show", "warn", "hide", "other")));
        if (chance(40)) {
            pref.put("labelerDid", pick(LABELERS));
        }
        return pref.build();
    }

    private LexMap mutedWord() {
        LexMap.Builder word = LexMap.builder()
                .put("value", texts.word())
                .put(
                        "targets",
                        LexValue.of(pick(List.of(
                                List.of(LexValue.of("content")),
                                List.of(LexValue.of("tag")),
                                List.of(LexValue.of("content"), LexValue.of("tag")),
                                List.<LexValue>of()))));
        if (chance(50)) {
            word.put("actorTarget", pick(List.of("all", "all", "exclude-following", "other")));
        }
        if (chance(30)) {
            word.put(
                    "expiresAt",
                    pick(List.of("2001-01-01T00:00:00.000Z", "2999-01-01T00:00:00.000Z", "2999-01-01T00:00:00+09:00")));
        }
        return word.build();
    }

    List<LexValue> labelers() {
        List<LexValue> all = new ArrayList<>();
        for (String did : LABELERS) {
            if (chance(80)) {
                all.add(LexMap.builder()
                        .put("uri", "at://" + did + "/app.bsky.labeler.service/self")
                        .put("cid", CID)
                        .put(
                                "creator",
                                LexMap.builder()
                                        .put("did", did)
                                        .put("handle", "labels.test")
                                        .build())
                        .put("policies", policies())
                        .put("indexedAt", TIME)
                        .build());
            }
        }
        return all;
    }

    private LexMap policies() {
        LexMap.Builder policies = LexMap.builder().put("labelValues", LexValue.of(List.of()));
        if (chance(90)) {
            policies.put("labelValueDefinitions", LexValue.of(many(6, this::definition)));
        }
        return policies.build();
    }

    private LexMap definition() {
        LexMap.Builder definition = LexMap.builder()
                .put("identifier", pick(CUSTOM))
                .put("severity", pick(List.of("alert", "inform", "none", "other")))
                .put("blurs", pick(List.of("content", "media", "none", "other")))
                .put(
                        "locales",
                        LexValue.of(many(
                                1,
                                () -> LexMap.builder()
                                        .put("lang", "en")
                                        .put("name", "Name")
                                        .put("description", "")
                                        .build())));
        if (chance(60)) {
            definition.put("defaultSetting", pick(List.of("ignore", "warn", "hide", "show")));
        }
        if (chance(50)) {
            definition.put("adultOnly", chance(60));
        }
        return definition.build();
    }

    private List<LexValue> labels(String author, String uri) {
        return many(3, () -> label(author, uri));
    }

    private LexMap label(String author, String uri) {
        LexMap.Builder label = LexMap.builder()
                .put("src", chance(30) ? author : pick(chance(90) ? LABELERS : ACCOUNTS))
                .put("uri", uri)
                .put("val", pick(LABELS))
                .put("cts", TIME);
        if (chance(10)) {
            label.put("neg", false).put("exp", "2999-01-01T00:00:00.000Z");
        } else if (inactive && chance(50)) {
            // A negation with the same time as a label would remove it.
            label = chance(50)
                    ? label.put("neg", true).put("cts", "2001-01-01T00:00:00.000Z")
                    : label.put("exp", "2001-01-01T00:00:00.000Z");
        }
        return label.build();
    }

    private LexMap viewerState() {
        LexMap.Builder state = LexMap.builder();
        if (chance(30)) {
            state.put("muted", chance(80));
        }
        if (chance(20)) {
            state.put("mutedByList", listBasic());
        }
        if (chance(15)) {
            state.put("blocking", "at://did:web:me.test/app.bsky.graph.block/a");
        }
        if (chance(15)) {
            state.put("blockingByList", listBasic());
        }
        if (chance(15)) {
            state.put("blockedBy", chance(80));
        }
        if (chance(30)) {
            state.put("following", "at://did:web:me.test/app.bsky.graph.follow/a");
        }
        return state.build();
    }

    private LexMap listBasic() {
        return list(pick(ACCOUNTS)).build();
    }

    private LexMap.Builder list(String creator) {
        String uri = "at://" + creator + "/app.bsky.graph.list/" + pick(List.of("a", "b"));
        LexMap.Builder list = LexMap.builder()
                .put("uri", uri)
                .put("cid", CID)
                .put("name", "List")
                .put("purpose", "app.bsky.graph.defs#modlist");
        return chance(60) ? list.put("labels", LexValue.of(labels(creator, uri))) : list;
    }

    private LexMap profile(String did) {
        LexMap.Builder profile = LexMap.builder().put("did", did).put("handle", "someone.test");
        if (chance(60)) {
            profile.put("viewer", viewerState());
        }
        if (chance(60)) {
            profile.put(
                    "labels",
                    LexValue.of(many(
                            4, () -> label(did, chance(50) ? did : "at://" + did + "/app.bsky.actor.profile/self"))));
        }
        if (chance(30)) {
            LexMap.Builder status =
                    LexMap.builder().put("status", DEFS + "live").put("record", LexMap.of());
            profile.put(
                    "status",
                    status.put("labels", LexValue.of(labels(did, "at://" + did + "/app.bsky.actor.status/self")))
                            .build());
        }
        return profile.build();
    }

    private String postUri() {
        return "at://" + pick(ACCOUNTS) + "/app.bsky.feed.post/" + pick(List.of("a", "b"));
    }

    String kind() {
        return pick(List.of(
                "post",
                "post",
                "post",
                "post",
                "post",
                "profile",
                "status",
                "notification",
                "feedGenerator",
                "userList"));
    }

    LexMap subject(String kind) {
        String author = pick(ACCOUNTS);
        return switch (kind) {
            case "post" -> post(author);
            case "profile", "status" -> profile(author);
            case "notification" -> notification(author);
            case "feedGenerator" -> generator(author).build();
            default ->
                chance(70)
                        ? list(author)
                                .put("creator", profile(author))
                                .put("indexedAt", TIME)
                                .build()
                        : listBasic();
        };
    }

    private LexMap notification(String author) {
        String uri = postUri();
        return LexMap.builder()
                .put("uri", uri)
                .put("cid", CID)
                .put("author", profile(author))
                .put("reason", "mention")
                .put("record", LexMap.of())
                .put("isRead", false)
                .put("indexedAt", TIME)
                .put("labels", LexValue.of(labels(author, uri)))
                .build();
    }

    private LexMap.Builder generator(String author) {
        String uri = "at://" + author + "/app.bsky.feed.generator/a";
        return LexMap.builder()
                .put("uri", uri)
                .put("cid", CID)
                .put("did", "did:web:feed.test")
                .put("creator", profile(author))
                .put("displayName", "Feed")
                .put("indexedAt", TIME)
                .put("labels", LexValue.of(labels(author, uri)));
    }

    private LexMap post(String author) {
        String uri = postUri();
        LexMap.Builder post = LexMap.builder()
                .put("uri", uri)
                .put("cid", CID)
                .put("author", profile(author))
                .put("record", record(2))
                .put("indexedAt", TIME);
        if (chance(70)) {
            post.put("labels", LexValue.of(labels(author, uri)));
        }
        if (chance(70)) {
            post.put("embed", embedView());
        }
        return post.build();
    }

    /** Returns a post, or sometimes a record of another type with the same fields. */
    private LexMap record(int depth) {
        LexMap.Builder record = typed(chance(95) ? "app.bsky.feed.post" : "com.example.note")
                .put("text", texts.text())
                .put("createdAt", TIME);
        if (chance(40)) {
            record.put(
                    "langs", LexValue.of(many(2, () -> LexValue.of(pick(List.of("en", "ja", "ja-JP", "zh", "th"))))));
        }
        if (chance(30)) {
            record.put("tags", LexValue.of(many(2, () -> LexValue.of(texts.word()))));
        }
        if (chance(30)) {
            record.put("facets", LexValue.of(many(2, this::facet)));
        }
        if (chance(60)) {
            record.put("embed", recordEmbed(depth));
        }
        return record.build();
    }

    private LexMap facet() {
        return LexMap.builder()
                .put(
                        "index",
                        LexMap.builder().put("byteStart", 0).put("byteEnd", 1).build())
                .put(
                        "features",
                        LexValue.of(many(
                                2,
                                () -> chance(70)
                                        ? typed("app.bsky.richtext.facet#tag")
                                                .put("tag", texts.word())
                                                .build()
                                        : typed("app.bsky.richtext.facet#link")
                                                .put("uri", "https://example.com")
                                                .build())))
                .build();
    }

    private LexMap recordEmbed(int depth) {
        return switch (random.nextInt(depth > 0 ? 6 : 4)) {
            case 0 ->
                typed("app.bsky.embed.images")
                        .put("images", LexValue.of(many(2, this::alt)))
                        .build();
            case 1 ->
                typed("app.bsky.embed.gallery")
                        .put(
                                "items",
                                LexValue.of(many(
                                        2,
                                        () -> alt().toBuilder()
                                                .put(
                                                        "$type",
                                                        chance(80)
                                                                ? "app.bsky.embed.gallery#image"
                                                                : "com.example.item")
                                                .build())))
                        .build();
            case 2 -> typed("app.bsky.embed.external").put("external", card()).build();
            case 3 -> typed("app.bsky.embed.video").put("alt", texts.text()).build();
            case 4 -> typed("app.bsky.embed.record").put("record", ref()).build();
            default ->
                typed("app.bsky.embed.recordWithMedia")
                        .put("record", LexMap.of("record", ref()))
                        .put("media", recordEmbed(0))
                        .build();
        };
    }

    private LexMap ref() {
        return LexMap.builder().put("uri", postUri()).put("cid", CID).build();
    }

    private LexMap alt() {
        return LexMap.of("alt", LexValue.of(texts.text()));
    }

    private LexMap card() {
        return LexMap.builder()
                .put("uri", "https://example.com")
                .put("title", texts.text())
                .put("description", texts.text())
                .build();
    }

    private LexMap embedView() {
        return switch (random.nextInt(6)) {
            case 0, 1 ->
                typed("app.bsky.embed.record#view").put("record", quoted()).build();
            case 2, 3 ->
                typed("app.bsky.embed.recordWithMedia#view")
                        .put("record", LexMap.of("record", quoted()))
                        .put("media", mediaView())
                        .build();
            default -> mediaView();
        };
    }

    private LexMap mediaView() {
        return switch (random.nextInt(5)) {
            case 0 ->
                typed("app.bsky.embed.images#view")
                        .put("images", LexValue.of(many(2, this::imageView)))
                        .build();
            case 1 ->
                typed("app.bsky.embed.gallery#view")
                        .put(
                                "items",
                                LexValue.of(many(
                                        2,
                                        () -> chance(80)
                                                ? imageView().toBuilder()
                                                        .put("$type", "app.bsky.embed.gallery#viewImage")
                                                        .put("thumbnail", "https://example.com/t")
                                                        .put(
                                                                "aspectRatio",
                                                                LexMap.builder()
                                                                        .put("width", 1)
                                                                        .put("height", 1)
                                                                        .build())
                                                        .build()
                                                : typed("com.example.item")
                                                        .put("alt", texts.text())
                                                        .build())))
                        .build();
            case 2 ->
                typed("app.bsky.embed.external#view").put("external", card()).build();
            case 3 ->
                typed("app.bsky.embed.video#view")
                        .put("cid", CID)
                        .put("playlist", "https://example.com/v")
                        .put("alt", texts.text())
                        .build();
            default -> typed("com.example.embed#view").put("alt", texts.text()).build();
        };
    }

    private LexMap imageView() {
        return alt().toBuilder()
                .put("thumb", "https://example.com/t")
                .put("fullsize", "https://example.com/f")
                .build();
    }

    private LexMap quoted() {
        String author = pick(ACCOUNTS);
        String uri = postUri();
        return switch (random.nextInt(9)) {
            case 0 ->
                typed("app.bsky.embed.record#viewNotFound")
                        .put("uri", uri)
                        .put("notFound", true)
                        .build();
            case 1, 2 -> {
                LexMap.Builder blocked = LexMap.builder().put("did", author);
                if (chance(70)) {
                    blocked.put("viewer", viewerState());
                }
                yield typed("app.bsky.embed.record#viewBlocked")
                        .put("uri", uri)
                        .put("blocked", true)
                        .put("author", blocked.build())
                        .build();
            }
            case 3 ->
                typed("app.bsky.embed.record#viewDetached")
                        .put("uri", uri)
                        .put("detached", true)
                        .build();
            case 4 ->
                generator(author)
                        .put("$type", "app.bsky.feed.defs#generatorView")
                        .build();
            case 5 ->
                list(author)
                        .put("$type", "app.bsky.graph.defs#listView")
                        .put("creator", profile(author))
                        .put("indexedAt", TIME)
                        .build();
            default -> {
                LexMap.Builder quote = typed("app.bsky.embed.record#viewRecord")
                        .put("uri", uri)
                        .put("cid", CID)
                        .put("author", profile(author))
                        .put("value", record(1))
                        .put("indexedAt", TIME);
                if (chance(60)) {
                    quote.put("labels", LexValue.of(labels(author, uri)));
                }
                yield quote.build();
            }
        };
    }
}
