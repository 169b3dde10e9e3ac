package dev.atlex.streams.internal;

import dev.atlex.client.internal.ServiceUrls;
import java.net.URI;
import java.util.Locale;

/** URLs of event streams. */
public final class StreamUrls {
    private StreamUrls() {}

    /**
     * Returns the URL of a service with the scheme ws or wss, and without a path.
     *
     * @throws IllegalArgumentException if it isn't a ws, wss, http or https URL, or contains a user name or password
     */
    public static URI parse(String service) {
        String text = service.strip();
        String scheme = text.toLowerCase(Locale.ROOT);
        if (scheme.startsWith("ws:") || scheme.startsWith("wss:")) {
            text = "http" + text.substring(2);
        }
        URI url = ServiceUrls.parse(text);
        boolean secure = url.getScheme().equalsIgnoreCase("https");
        return URI.create(
                (secure ? "wss" : "ws") + "://" + url.getRawAuthority().toLowerCase(Locale.ROOT));
    }
}
