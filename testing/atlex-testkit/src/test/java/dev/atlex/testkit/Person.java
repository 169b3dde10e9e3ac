package dev.atlex.testkit;

import dev.atlex.data.LexArray;
import dev.atlex.data.LexMap;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** An account that uses the AppView over plain HTTP. */
final class Person {
    /** The {@code createdAt} of records, unless a test sets another time. */
    static final String TIME = "2024-01-01T00:00:00.000Z";

    private final Http http;
    private final TestAccount account;
    private final String token;

    Person(LocalPds pds, TestAccount account) {
        http = new Http(pds);
        this.account = account;
        token = http.login(account).string("accessJwt");
    }

    /** A reference to a record. */
    record Ref(String uri, String cid) {
        String json() {
            return "{'uri':'" + uri + "','cid':'" + cid + "'}";
        }

        String key() {
            return uri.substring(uri.lastIndexOf('/') + 1);
        }
    }

    String did() {
        return account.did().toString();
    }

    String handle() {
        return account.handle();
    }

    /** Writes a record with {@code createdAt} and these fields, in which single quotes stand for double quotes. */
    Ref write(String collection, String fields) {
        return write(collection, null, fields);
    }

    Ref write(String collection, String key, String fields) {
        String record = fields.contains("'createdAt'") ? fields : fields + ",'createdAt':'" + TIME + "'";
        LexMap made = http.post(
                        "com.atproto.repo." + (key == null ? "createRecord" : "putRecord"),
                        token,
                        "{'repo':'" + did() + "','collection':'" + collection + "',"
                                + (key == null ? "" : "'rkey':'" + key + "',") + "'record':{" + record + "}}")
                .ok()
                .json();
        return new Ref(made.getString("uri"), made.getString("cid"));
    }

    Ref post(String text) {
        return post(text, "");
    }

    /** @param more additional fields as JSON that begins with a comma */
    Ref post(String text, String more) {
        return write("app.bsky.feed.post", "'text':'" + text + "'" + more);
    }

    Ref reply(String text, Ref root, Ref parent) {
        return post(text, ",'reply':{'root':" + root.json() + ",'parent':" + parent.json() + "}");
    }

    Ref quote(String text, Ref quoted) {
        return post(text, ",'embed':{'$type':'app.bsky.embed.record','record':" + quoted.json() + "}");
    }

    Ref mention(String text, Person mentioned) {
        return post(
                text,
                ",'facets':[{'index':{'byteStart':0,'byteEnd':1},'features':[{'$type':'app.bsky.richtext.facet#mention',"
                        + "'did':'" + mentioned.did() + "'}]}]");
    }

    Ref like(Ref post) {
        return write("app.bsky.feed.like", "'subject':" + post.json());
    }

    Ref repost(Ref post) {
        return write("app.bsky.feed.repost", "'subject':" + post.json());
    }

    Ref follow(Person person) {
        return write("app.bsky.graph.follow", "'subject':'" + person.did() + "'");
    }

    Ref block(Person person) {
        return write("app.bsky.graph.block", "'subject':'" + person.did() + "'");
    }

    Ref list(String name, String purpose) {
        return write("app.bsky.graph.list", "'name':'" + name + "','purpose':'app.bsky.graph.defs#" + purpose + "'");
    }

    Ref addTo(Ref list, Person person) {
        return write("app.bsky.graph.listitem", "'list':'" + list.uri() + "','subject':'" + person.did() + "'");
    }

    void profile(String fields) {
        write("app.bsky.actor.profile", "self", fields);
    }

    void delete(Ref record) {
        String[] parts = record.uri().split("/");
        http.post(
                        "com.atproto.repo.deleteRecord",
                        token,
                        "{'repo':'" + did() + "','collection':'" + parts[3] + "','rkey':'" + parts[4] + "'}")
                .ok();
    }

    /** Uploads a blob and returns its JSON, with single quotes instead of double quotes. */
    String upload(byte[] bytes, String mediaType) {
        return http.send(http.request("/xrpc/com.atproto.repo.uploadBlob", token)
                        .header("Content-Type", mediaType)
                        .POST(BodyPublishers.ofByteArray(bytes)))
                .ok()
                .json()
                .getMap("blob")
                .toJson()
                .replace('"', '\'');
    }

    /** Calls a query. The parameters alternate between names and values. */
    Http.Reply query(String method, Object... params) {
        StringBuilder url = new StringBuilder(method);
        for (int i = 0; i < params.length; i += 2) {
            url.append(i == 0 ? '?' : '&')
                    .append(params[i])
                    .append('=')
                    .append(URLEncoder.encode(params[i + 1].toString(), StandardCharsets.UTF_8));
        }
        return http.get(url.toString(), token);
    }

    /** Calls a query, whose output must match its Lexicon document. */
    LexMap get(String method, Object... params) {
        return Shapes.output(method, query(method, params).ok().json());
    }

    Http.Reply call(String method, String json) {
        return http.post(method, token, json);
    }

    /** Calls a query and returns one value from each element of an array in the output. */
    <T> List<T> list(String array, Function<LexMap, T> value, String method, Object... params) {
        return values(get(method, params), array, value);
    }

    /** Calls a query until there is no cursor, and returns one value from each element of an array in the outputs. */
    <T> List<T> pages(int limit, String array, Function<LexMap, T> value, String method, Object... params) {
        List<T> all = new ArrayList<>();
        String cursor = null;
        do {
            List<Object> more = new ArrayList<>(List.of(params));
            more.addAll(List.of("limit", limit));
            if (cursor != null) {
                more.addAll(List.of("cursor", cursor));
            }
            LexMap page = get(method, more.toArray());
            all.addAll(values(page, array, value));
            cursor = page.getString("cursor");
        } while (cursor != null);
        return all;
    }

    static <T> List<T> values(LexMap object, String array, Function<LexMap, T> value) {
        List<T> values = new ArrayList<>();
        LexArray elements = object.getArray(array);
        elements.forEach(element -> values.add(value.apply((LexMap) element)));
        return values;
    }

    /** Returns the view of a post, or null if the viewer doesn't see it. */
    LexMap view(Ref post) {
        LexArray posts = get("app.bsky.feed.getPosts", "uris", post.uri()).getArray("posts");
        return posts.isEmpty() ? null : (LexMap) posts.get(0);
    }

    LexMap profileOf(Person person) {
        return get("app.bsky.actor.getProfile", "actor", person.did());
    }

    /** Returns the relationship with an account. */
    Map<String, ?> relationTo(Person person) {
        return profileOf(person).getMap("viewer");
    }

    /** Returns the text in a post view. */
    static String text(LexMap post) {
        return post.getMap("record").getString("text");
    }
}
