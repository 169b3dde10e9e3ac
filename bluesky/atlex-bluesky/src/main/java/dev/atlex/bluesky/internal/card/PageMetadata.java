package dev.atlex.bluesky.internal.card;

import dev.atlex.client.internal.UrlReferences;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The metadata of a page. Open Graph takes precedence over Twitter cards, and those over plain HTML.
 *
 * @param title the shortened title, or null
 * @param description the shortened description, or null
 * @param canonical the page's own URL, or null
 * @param images the URLs of its images, best first, at most {@value #MAX_IMAGES}
 * @see <a href="https://ogp.me/">The Open Graph protocol</a>
 */
record PageMetadata(
        @Nullable String title,
        @Nullable String description,
        @Nullable URI canonical,
        List<URI> images) {
    static final int MAX_TITLE = 300;
    static final int MAX_DESCRIPTION = 1000;
    private static final int MAX_IMAGES = 3;

    private static final List<String> TITLES = List.of("og:title", "twitter:title", "title", "dc.title", "name");
    private static final List<String> DESCRIPTIONS =
            List.of("og:description", "twitter:description", "description", "dc.description");
    private static final List<String> IMAGES = List.of(
            "og:image:secure_url",
            "og:image",
            "og:image:url",
            "twitter:image",
            "twitter:image:src",
            "image_src",
            "image");
    private static final List<String> CANONICAL = List.of("canonical", "og:url");

    /** Reads the metadata of a page. */
    static PageMetadata of(HtmlHead.Found head, URI page) {
        Map<String, String> values = values(head);
        URI base = base(head, page);
        Set<URI> images = new LinkedHashSet<>();
        for (String key : IMAGES) {
            URI image = resolve(base, values.get(key));
            if (image != null && images.size() < MAX_IMAGES) {
                images.add(image);
            }
        }
        return new PageMetadata(
                first(values, TITLES, MAX_TITLE),
                first(values, DESCRIPTIONS, MAX_DESCRIPTION),
                CANONICAL.stream()
                        .map(key -> resolve(base, values.get(key)))
                        .filter(uri -> uri != null)
                        .findFirst()
                        .orElse(null),
                List.copyOf(images));
    }

    private static URI base(HtmlHead.Found head, URI page) {
        for (HtmlHead.Element element : head.elements()) {
            String href = element.name().equals("base") ? element.get("href") : null;
            URI base = resolve(page, href);
            if (base != null) {
                return base;
            }
        }
        return page;
    }

    private static @Nullable URI resolve(URI base, @Nullable String reference) {
        return reference == null || reference.isBlank()
                ? null
                : UrlReferences.resolve(base, reference, StandardCharsets.UTF_8);
    }

    /** Returns the first non-blank value of each property. */
    private static Map<String, String> values(HtmlHead.Found head) {
        Map<String, String> values = new HashMap<>();
        for (HtmlHead.Element element : head.elements()) {
            String content = element.get(element.name().equals("link") ? "href" : "content");
            if (content == null || content.isBlank()) {
                continue;
            }
            if (element.name().equals("link")) {
                String rel = element.get("rel");
                putAll(values, rel, content);
            } else if (element.name().equals("meta")) {
                // Pages mix up the two attributes, so both are accepted for every property.
                putAll(values, element.get("property"), content);
                putAll(values, element.get("name"), content);
                putAll(values, element.get("itemprop"), content);
            }
        }
        if (head.title() != null && !head.title().isBlank()) {
            values.put("title", head.title());
        }
        return values;
    }

    private static void putAll(Map<String, String> values, @Nullable String names, String content) {
        if (names != null) {
            for (String name : names.toLowerCase(Locale.ROOT).strip().split("\\s+")) {
                values.putIfAbsent(name, content);
            }
        }
    }

    private static @Nullable String first(Map<String, String> values, List<String> keys, int max) {
        for (String key : keys) {
            String text = CardText.clean(values.getOrDefault(key, ""), max);
            if (!text.isEmpty()) {
                return text;
            }
        }
        return null;
    }
}
