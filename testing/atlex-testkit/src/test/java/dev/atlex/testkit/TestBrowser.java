package dev.atlex.testkit;

import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A browser that supports cookies and forms, and sends the headers that browsers add. It follows no redirects. */
final class TestBrowser {
    private static final Pattern INPUT =
            Pattern.compile("<input type=\"(hidden|checkbox)\" name=\"([^\"]*)\" value=\"([^\"]*)\"");

    private final URI origin;
    private final Map<String, String> cookies = new TreeMap<>();
    private String page = "";

    TestBrowser(URI origin) {
        this.origin = origin;
    }

    private HttpRequest.Builder request(URI url, String site) {
        HttpRequest.Builder request = HttpRequest.newBuilder(url)
                .header("Sec-Fetch-Site", site)
                .header("Sec-Fetch-Mode", "navigate")
                .header("Sec-Fetch-Dest", "document");
        cookies.forEach((name, value) -> request.header("Cookie", name + "=" + value));
        return request;
    }

    private Http.Reply send(HttpRequest.Builder request) {
        Http.Reply reply = new Http(origin).send(request);
        for (String cookie : reply.response().headers().allValues("set-cookie")) {
            String[] pair = cookie.split(";", 2)[0].split("=", 2);
            cookies.put(pair[0], pair[1]);
        }
        page = reply.text();
        return reply;
    }

    Http.Reply open(URI url) {
        return send(request(url, "cross-site"));
    }

    /** Returns the hidden fields of the form with this action on the current page. */
    Map<String, String> form(String action) {
        for (String form : page.split("<form ")) {
            Map<String, String> fields = new LinkedHashMap<>();
            Matcher input = INPUT.matcher(form);
            while (input.find()) {
                if (input.group(1).equals("hidden")) {
                    fields.put(
                            input.group(2),
                            input.group(3)
                                    .replace("&lt;", "<")
                                    .replace("&quot;", "\"")
                                    .replace("&amp;", "&"));
                }
            }
            if (action.equals(fields.get("action"))) {
                return fields;
            }
        }
        throw new AssertionError("no form " + action + " on the page: " + page);
    }

    /** Submits the form with this action and with additional fields. */
    Http.Reply submit(String action, Map<String, String> more) {
        Map<String, String> fields = form(action);
        fields.putAll(more);
        return post(RawOAuthClient.form(fields));
    }

    Http.Reply post(String body) {
        return send(request(URI.create(origin + "/oauth/authorize"), "same-origin")
                .header("Origin", origin.toString())
                .header("Content-Type", "application/x-www-form-urlencoded")
                .POST(BodyPublishers.ofString(body)));
    }

    Http.Reply signIn(String username, String password) {
        return submit("sign-in", Map.of("username", username, "password", password));
    }

    static Map<String, String> callback(Http.Reply reply) {
        if (reply.status() != 303) {
            throw new AssertionError(reply.status() + " " + reply.text());
        }
        return RawOAuthClient.query(URI.create(reply.header("Location")));
    }
}
