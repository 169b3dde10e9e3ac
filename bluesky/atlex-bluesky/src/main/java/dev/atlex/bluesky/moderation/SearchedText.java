package dev.atlex.bluesky.moderation;

import app.bsky.actor.ActorDefs.ProfileViewBasic;
import app.bsky.embed.External;
import app.bsky.embed.Gallery;
import app.bsky.embed.Images;
import app.bsky.embed.Record.View.RecordUnion;
import app.bsky.embed.Record.ViewRecord;
import app.bsky.embed.RecordWithMedia;
import app.bsky.feed.FeedDefs.PostView;
import app.bsky.feed.FeedDefs.PostView.Embed;
import app.bsky.feed.Post;
import app.bsky.richtext.Facet;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexString;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The text of a post that is searched for muted words, in upstream's order: its own text, then the text of its card or
 * of the quoted post. Records are read untyped, so that records that violate their schema are searched too.
 */
final class SearchedText {
    /**
     * A post, alternative text or card.
     *
     * @param language the first language of its post, or null
     * @param author the author; some muted words don't apply to accounts that the viewer follows
     */
    record Section(String text, List<String> tags, @Nullable String language, ProfileViewBasic author) {}

    private final List<Section> sections = new ArrayList<>();

    private SearchedText() {}

    static List<Section> of(PostView post) {
        SearchedText all = new SearchedText();
        ProfileViewBasic author = post.author();
        LexMap record = post.record();
        String language = null;
        if (isPost(record)) {
            language = language(record);
            all.post(record, author);
            all.images(record.getMap("embed"), language, author);
        }
        Embed embed = post.embed();
        if (embed instanceof Embed.RecordView quote) {
            if (quote.value().record() instanceof RecordUnion.ViewRecord quoted) {
                all.quoted(quoted.value());
            }
        } else if (embed instanceof Embed.ExternalView card) {
            all.card(card.value().external(), author);
        } else if (embed instanceof Embed.RecordWithMediaView quote) {
            if (quote.value().record().record() instanceof RecordUnion.ViewRecord quoted) {
                all.quotedWithMedia(quoted.value(), quote.value().media(), language);
            }
        }
        return all.sections;
    }

    private void quoted(ViewRecord quoted) {
        LexMap record = quoted.value();
        ProfileViewBasic author = quoted.author();
        if (!isPost(record)) {
            return;
        }
        post(record, author);
        LexMap embed = record.getMap("embed");
        images(embed, language(record), author);
        card(embed, author);
        if (embed != null && RecordWithMedia.TYPE.equals(embed.type())) {
            card(embed.getMap("media"), author);
            images(embed.getMap("media"), null, author);
        }
    }

    /** Adds the post that is quoted, and the media beside it, which upstream treats as the quoted author's. */
    private void quotedWithMedia(ViewRecord quoted, RecordWithMedia.View.Media media, @Nullable String language) {
        ProfileViewBasic author = quoted.author();
        if (isPost(quoted.value())) {
            post(quoted.value(), author);
        }
        if (media instanceof RecordWithMedia.View.Media.ImagesView images) {
            for (Images.ViewImage image : images.value().images()) {
                add(image.alt(), language, author);
            }
        } else if (media instanceof RecordWithMedia.View.Media.GalleryView gallery) {
            for (Gallery.View.ItemsItem item : gallery.value().items()) {
                if (item instanceof Gallery.View.ItemsItem.ViewImage image) {
                    add(image.value().alt(), language, author);
                }
            }
        } else if (media instanceof RecordWithMedia.View.Media.ExternalView card) {
            card(card.value().external(), author);
        }
    }

    private void post(LexMap post, ProfileViewBasic author) {
        String text = post.getString("text");
        List<String> tags = new ArrayList<>(strings(post.getArray("tags")).toList());
        maps(post.getArray("facets"))
                .flatMap(facet -> maps(facet.getArray("features")))
                .filter(feature -> Facet.Tag.TYPE.equals(feature.type()))
                .map(feature -> feature.getString("tag"))
                .forEach(tag -> {
                    if (tag != null) {
                        tags.add(tag);
                    }
                });
        sections.add(new Section(text == null ? "" : text, tags, language(post), author));
    }

    /** Adds the alternative text of the images in an embed, if it has images. */
    private void images(@Nullable LexMap embed, @Nullable String language, ProfileViewBasic author) {
        if (embed == null) {
            return;
        }
        Stream<LexMap> images = Stream.empty();
        if (Images.TYPE.equals(embed.type())) {
            images = maps(embed.getArray("images"));
        } else if (Gallery.TYPE.equals(embed.type())) {
            images = maps(embed.getArray("items")).filter(item -> Gallery.Image.TYPE.equals(item.type()));
        }
        images.forEach(image -> add(image.getString("alt"), language, author));
    }

    /** Adds the title and the description of an embed, if it is a card. */
    private void card(@Nullable LexMap embed, ProfileViewBasic author) {
        LexMap card = embed == null || !External.TYPE.equals(embed.type()) ? null : embed.getMap("external");
        if (card != null) {
            add(card.getString("title") + " " + card.getString("description"), null, author);
        }
    }

    private void card(External.ViewExternal card, ProfileViewBasic author) {
        add(card.title() + " " + card.description(), null, author);
    }

    private void add(@Nullable String text, @Nullable String language, ProfileViewBasic author) {
        if (text != null) {
            sections.add(new Section(text, List.of(), language, author));
        }
    }

    private static boolean isPost(LexMap record) {
        return Post.TYPE.equals(record.type());
    }

    private static @Nullable String language(LexMap post) {
        LexArray languages = post.getArray("langs");
        return languages != null && !languages.isEmpty() && languages.get(0) instanceof LexString first
                ? first.value()
                : null;
    }

    private static Stream<LexMap> maps(@Nullable LexArray array) {
        return array == null
                ? Stream.empty()
                : array.stream().filter(LexMap.class::isInstance).map(LexMap.class::cast);
    }

    private static Stream<String> strings(@Nullable LexArray array) {
        return array == null
                ? Stream.empty()
                : array.stream().filter(LexString.class::isInstance).map(value -> ((LexString) value).value());
    }
}
