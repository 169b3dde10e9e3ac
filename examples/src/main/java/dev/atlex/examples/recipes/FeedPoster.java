package dev.atlex.examples.recipes;

import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.Posted;
import java.io.InputStream;
import java.net.URI;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** Posts each new item of an RSS feed once, with a card for its page. Run it every few minutes. */
public final class FeedPoster {
    private FeedPoster() {}

    public static void main(String[] args) throws Exception {
        try (Sites site = Sites.start();
                Demo demo = Demo.start()) {
            URI feed = args.length == 0 ? site.feed() : URI.create(args[0]);
            Instant yesterday = Instant.now().minusSeconds(24 * 60 * 60);
            for (Posted post : run(demo.bluesky(), feed, yesterday)) {
                System.out.println("Posted " + post.webUrl());
            }
        }
    }

    /** Posts the items since a given time, so that the first run doesn't post the whole feed. */
    static List<Posted> run(Bluesky bsky, URI feed, Instant since) throws Exception {
        List<Posted> posts = new ArrayList<>();
        NodeList items = read(feed);
        for (int i = items.getLength() - 1; i >= 0; i--) { // most feeds list the newest item first
            Element item = (Element) items.item(i);
            Instant published = ZonedDateTime.parse(text(item, "pubDate"), DateTimeFormatter.RFC_1123_DATE_TIME)
                    .toInstant();
            if (published.isAfter(since)) {
                posts.add(bsky.post(p -> p.text(text(item, "title"))
                        .card(URI.create(text(item, "link")))
                        .key(text(item, "guid"), published)));
            }
        }
        posts.removeIf(post -> !post.created());
        return posts;
    }

    private static NodeList read(URI feed) throws Exception {
        DocumentBuilderFactory xml = DocumentBuilderFactory.newInstance();
        xml.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
        xml.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
        try (InputStream in = feed.toURL().openStream()) {
            return xml.newDocumentBuilder().parse(in).getElementsByTagName("item");
        }
    }

    private static String text(Element item, String name) {
        return item.getElementsByTagName(name).item(0).getTextContent().strip();
    }
}
