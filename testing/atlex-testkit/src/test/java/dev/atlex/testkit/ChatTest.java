package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import java.net.http.HttpRequest.BodyPublishers;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class ChatTest {
    private static final String CHAT = "chat.bsky.convo.";
    private static final String SERVICE = "did:web:api.bsky.chat#bsky_chat";

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private LocalPds pds;
    private Http http;
    private TestAccount alice;
    private TestAccount bob;
    private String aliceToken;
    private String bobToken;

    @BeforeEach
    void login(LocalPds pds, TestAccount alice, TestAccount bob) {
        this.pds = pds;
        this.alice = alice;
        this.bob = bob;
        http = new Http(pds);
        aliceToken = http.login(alice).string("accessJwt");
        bobToken = http.login(bob).string("accessJwt");
    }

    private Http.Reply get(String token, String methodAndQuery) {
        return http.send(http.request("/xrpc/" + CHAT + methodAndQuery, token).header("atproto-proxy", SERVICE));
    }

    private Http.Reply post(String token, String method, String json) {
        return http.send(http.request("/xrpc/" + CHAT + method, token)
                .header("atproto-proxy", SERVICE)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(json.replace('\'', '"'))));
    }

    /** Returns the output of a query, checked against its schema. */
    private LexMap query(String token, String methodAndQuery) {
        return Shapes.output(
                CHAT + methodAndQuery.replaceFirst("\\?.*", ""),
                get(token, methodAndQuery).ok().json());
    }

    private LexMap call(String token, String method, String json) {
        return Shapes.output(CHAT + method, post(token, method, json).ok().json());
    }

    private void write(TestAccount author, String collection, String key, String record) {
        http.post(
                        "com.atproto.repo.putRecord",
                        http.login(author).string("accessJwt"),
                        "{'repo':'" + author.did() + "','collection':'" + collection + "','rkey':'" + key
                                + "','record':" + record + "}")
                .ok();
    }

    private void allowIncoming(TestAccount account, String from) {
        write(account, "chat.bsky.actor.declaration", "self", "{'allowIncoming':'" + from + "'}");
    }

    /** Starts a conversation between Alice and Bob, who accepts messages from everyone. */
    private String start() {
        allowIncoming(bob, "all");
        return query(aliceToken, "getConvoForMembers?members=" + bob.did())
                .getMap("convo")
                .getString("id");
    }

    private String send(String token, String convo, String text) {
        return call(token, "sendMessage", "{'convoId':'" + convo + "','message':{'text':'" + text + "'}}")
                .getString("id");
    }

    private List<LexMap> convos(String token, String query) {
        return maps(query(token, "listConvos" + query), "convos");
    }

    private List<String> texts(String token, String convo) {
        return maps(query(token, "getMessages?convoId=" + convo), "messages").stream()
                .map(message -> String.valueOf(message.getString("text")))
                .toList();
    }

    private static List<LexMap> maps(LexMap object, String field) {
        List<LexMap> maps = new ArrayList<>();
        object.getArray(field).forEach(element -> maps.add((LexMap) element));
        return maps;
    }

    @Test
    void message_arrivesAsRequest() {
        String convo = start();
        assertThat(convos(aliceToken, "")).hasSize(1);
        assertThat(convos(bobToken, "")).as("nothing is written yet").isEmpty();

        send(aliceToken, convo, "hi");
        LexMap seen = convos(bobToken, "?status=request").get(0);

        assertThat(seen.getInteger("unreadCount")).isEqualTo(1);
        assertThat(seen.getMap("lastMessage").getString("text")).isEqualTo("hi");
        assertThat(seen.getArray("members")).hasSize(2);
        assertThat(convos(bobToken, "?status=accepted")).isEmpty();
        assertThat(query(bobToken, "listConvoRequests").getArray("requests")).hasSize(1);
        assertThat(query(bobToken, "getUnreadCounts").getInteger("unreadRequestConvos"))
                .isEqualTo(1);
        assertThat(convos(aliceToken, "").get(0).getInteger("unreadCount")).isZero();
    }

    @Test
    void messages_areNewestFirstAndPaged() {
        String convo = start();
        for (String text : List.of("one", "two", "three")) {
            send(aliceToken, convo, text);
        }
        LexMap page = query(bobToken, "getMessages?limit=2&convoId=" + convo);
        LexMap rest = query(bobToken, "getMessages?limit=2&convoId=" + convo + "&cursor=" + page.getString("cursor"));

        assertThat(texts(bobToken, convo)).containsExactly("three", "two", "one");
        assertThat(maps(page, "messages")).hasSize(2);
        assertThat(maps(rest, "messages"))
                .extracting(message -> message.getString("text"))
                .containsExactly("one");
        assertThat(rest.containsKey("cursor")).isFalse();
    }

    @Test
    void updateRead_readsUpToAMessage() {
        String convo = start();
        String first = send(aliceToken, convo, "one");
        send(aliceToken, convo, "two");

        assertThat(call(bobToken, "updateRead", "{'convoId':'" + convo + "','messageId':'" + first + "'}")
                        .getMap("convo")
                        .getInteger("unreadCount"))
                .isEqualTo(1);
        assertThat(convos(bobToken, "?readState=unread")).hasSize(1);
        assertThat(call(bobToken, "updateAllRead", "{}").getInteger("updatedCount"))
                .isEqualTo(1);
        assertThat(call(bobToken, "updateAllRead", "{}").getInteger("updatedCount"))
                .isZero();
        assertThat(convos(bobToken, "?readState=unread")).isEmpty();
    }

    @Test
    void reply_acceptsRequest() {
        String convo = start();
        send(aliceToken, convo, "hi");
        send(bobToken, convo, "hello");

        assertThat(convos(bobToken, "").get(0).getString("status")).isEqualTo("accepted");
        assertThat(call(bobToken, "acceptConvo", "{'convoId':'" + convo + "'}")).isEmpty();
        assertThat(convos(aliceToken, "").get(0).getInteger("unreadCount")).isEqualTo(1);
    }

    @Test
    void acceptConvo_changesTheRevision() {
        String convo = start();
        send(aliceToken, convo, "hi");

        assertThat(call(bobToken, "acceptConvo", "{'convoId':'" + convo + "'}").getString("rev"))
                .isEqualTo(convos(bobToken, "?status=accepted").get(0).getString("rev"));
    }

    @Test
    void leaveConvo_hidesEarlierMessages() {
        String convo = start();
        send(aliceToken, convo, "old");
        call(bobToken, "leaveConvo", "{'convoId':'" + convo + "'}");
        assertThat(convos(bobToken, "")).isEmpty();
        assertThat(get(bobToken, "getConvo?convoId=" + convo).error()).isEqualTo("400 InvalidConvo: convo not found");

        send(aliceToken, convo, "new");

        assertThat(texts(bobToken, convo)).containsExactly("new");
        assertThat(convos(bobToken, "?status=request")).hasSize(1);
        assertThat(texts(aliceToken, convo)).containsExactly("new", "old");
    }

    @Test
    void muteConvo_isPerAccount() {
        String convo = start();
        send(aliceToken, convo, "hi");

        assertThat(call(bobToken, "muteConvo", "{'convoId':'" + convo + "'}")
                        .getMap("convo")
                        .getBoolean("muted"))
                .isTrue();
        assertThat(query(bobToken, "getUnreadCounts").getInteger("unreadRequestConvos"))
                .isZero();
        assertThat(convos(aliceToken, "").get(0).getBoolean("muted")).isFalse();
        assertThat(call(bobToken, "unmuteConvo", "{'convoId':'" + convo + "'}")
                        .getMap("convo")
                        .getBoolean("muted"))
                .isFalse();
    }

    @Test
    void deleteMessageForSelf_keepsItForOtherAccount() {
        String convo = start();
        String message = send(aliceToken, convo, "oops");
        call(bobToken, "deleteMessageForSelf", "{'convoId':'" + convo + "','messageId':'" + message + "'}");

        assertThat(maps(query(bobToken, "getMessages?convoId=" + convo), "messages")
                        .get(0)
                        .type())
                .isEqualTo("chat.bsky.convo.defs#deletedMessageView");
        assertThat(convos(bobToken, "").get(0).getInteger("unreadCount")).isZero();
        assertThat(texts(aliceToken, convo)).containsExactly("oops");
    }

    @Test
    void reactions_areAddedOnceAndRemoved() {
        String convo = start();
        String message = send(aliceToken, convo, "hi");
        String reaction = "{'convoId':'" + convo + "','messageId':'" + message + "','value':'";

        call(bobToken, "addReaction", reaction + "👍'}");
        assertThat(call(bobToken, "addReaction", reaction + "👍'}")
                        .getMap("message")
                        .getArray("reactions"))
                .hasSize(1);
        assertThat(convos(aliceToken, "").get(0).getMap("lastReaction").type())
                .isEqualTo("chat.bsky.convo.defs#messageAndReactionView");
        assertThat(post(bobToken, "addReaction", reaction + "ab'}").error())
                .isEqualTo("400 InvalidRequest: grapheme too big (maximum 1, got 2) at $.value");
        for (String more : List.of("1", "2", "3", "4")) {
            call(bobToken, "addReaction", reaction + more + "'}");
        }
        assertThat(post(bobToken, "addReaction", reaction + "5'}").error()).startsWith("400 ReactionLimitReached");
        assertThat(call(bobToken, "removeReaction", reaction + "👍'}")
                        .getMap("message")
                        .getArray("reactions"))
                .hasSize(4);
    }

    @Test
    void reply_showsTheMessageReplied() {
        String convo = start();
        String message = send(aliceToken, convo, "question");
        LexMap reply = call(
                bobToken,
                "sendMessage",
                "{'convoId':'" + convo + "','message':{'text':'reply','replyTo':{'messageId':'" + message + "'}}}");

        assertThat(reply.getMap("replyTo").getString("text")).isEqualTo("question");
        assertThat(post(
                                bobToken,
                                "sendMessage",
                                "{'convoId':'" + convo + "','message':{'text':'reply','replyTo':{'messageId':'none'}}}")
                        .error())
                .startsWith("400 ReplyTargetNotFound");
    }

    @Test
    void embeddedPost_isShownAsView() {
        String convo = start();
        write(alice, "app.bsky.feed.post", "3jzfcijpj2z2a", "{'text':'x','createdAt':'2024-01-01T00:00:00.000Z'}");
        String ref = "{'uri':'at://" + alice.did() + "/app.bsky.feed.post/%s',"
                + "'cid':'bafyreidfayvfuwqa7qlnopdjiqrxzs6blmoeu4rujcjtnci5beludirz2a'}";
        String message = "{'convoId':'" + convo
                + "','message':{'text':'see','embed':{'$type':'app.bsky.embed.record','record':" + ref + "}}}";

        assertThat(call(aliceToken, "sendMessage", message.formatted("3jzfcijpj2z2a"))
                        .getMap("embed")
                        .getMap("record")
                        .type())
                .isEqualTo("app.bsky.embed.record#viewRecord");
        assertThat(call(aliceToken, "sendMessage", message.formatted("3jzfcijpj2z2b"))
                        .getMap("embed")
                        .getMap("record")
                        .type())
                .isEqualTo("app.bsky.embed.record#viewNotFound");
    }

    @Test
    void sendMessageBatch_sendsAllOrNone() {
        String convo = start();
        String item = "{'convoId':'" + convo + "','message':{'text':'x'}}";

        assertThat(call(aliceToken, "sendMessageBatch", "{'items':[" + item + "," + item + "]}")
                        .getArray("items"))
                .hasSize(2);
        assertThat(post(
                                aliceToken,
                                "sendMessageBatch",
                                "{'items':[" + item + ",{'convoId':'none','message':{'text':'x'}}]}")
                        .error())
                .startsWith("400 InvalidConvo");
        assertThat(texts(bobToken, convo)).hasSize(2);
    }

    @Test
    void getLog_withoutACursor_startsNow() {
        String convo = start();
        send(aliceToken, convo, "one");
        LexMap now = query(bobToken, "getLog");
        assertThat(now.getArray("logs")).isEmpty();

        send(aliceToken, convo, "two");
        assertThat(maps(query(bobToken, "getLog?cursor=" + now.getString("cursor")), "logs"))
                .singleElement()
                .satisfies(event ->
                        assertThat(event.getMap("message").getString("text")).isEqualTo("two"));
    }

    @Test
    void getLog_continuesAfterItsCursor() {
        String start = query(bobToken, "getLog").getString("cursor");
        String convo = start();
        send(aliceToken, convo, "one");
        LexMap first = query(bobToken, "getLog?cursor=" + start);
        String cursor = first.getString("cursor");
        assertThat(maps(first, "logs"))
                .extracting(LexMap::type)
                .containsExactly("chat.bsky.convo.defs#logBeginConvo", "chat.bsky.convo.defs#logCreateMessage");
        LexMap none = query(bobToken, "getLog?cursor=" + cursor);
        assertThat(none.getArray("logs")).isEmpty();
        assertThat(none.getString("cursor")).isEqualTo(cursor);

        send(aliceToken, convo, "two");
        call(bobToken, "updateRead", "{'convoId':'" + convo + "'}");
        LexMap next = query(bobToken, "getLog?cursor=" + cursor);

        assertThat(maps(next, "logs"))
                .extracting(LexMap::type)
                .containsExactly("chat.bsky.convo.defs#logCreateMessage", "chat.bsky.convo.defs#logReadConvo");
        assertThat(maps(next, "logs").get(0).getMap("message").getString("text"))
                .isEqualTo("two");
    }

    @Nested
    class Refusals {
        private String startError() {
            return get(aliceToken, "getConvoForMembers?members=" + bob.did()).error();
        }

        private boolean canChat() {
            return Boolean.TRUE.equals(query(aliceToken, "getConvoAvailability?members=" + bob.did())
                    .getBoolean("canChat"));
        }

        @Test
        void declaration_determinesWhoMayWrite() {
            assertThat(startError())
                    .isEqualTo("400 NotFollowedBySender:"
                            + " recipient requires incoming messages to come from someone they follow");
            assertThat(canChat()).isFalse();
            allowIncoming(bob, "none");
            assertThat(startError()).isEqualTo("400 MessagesDisabled: recipient has disabled incoming messages");
            allowIncoming(bob, "following");
            write(
                    bob,
                    "app.bsky.graph.follow",
                    "3jzfcijpj2z2a",
                    "{'subject':'" + alice.did() + "','createdAt':'2024-01-01T00:00:00.000Z'}");
            assertThat(canChat()).isTrue();
            assertThat(query(aliceToken, "getConvoForMembers?members=" + alice.did() + "&members=" + bob.did()))
                    .containsKey("convo");
        }

        @Test
        void block_endsTheConversation() {
            String convo = start();
            write(
                    bob,
                    "app.bsky.graph.block",
                    "3jzfcijpj2z2a",
                    "{'subject':'" + alice.did() + "','createdAt':'2024-01-01T00:00:00.000Z'}");
            assertThat(post(aliceToken, "sendMessage", "{'convoId':'" + convo + "','message':{'text':'x'}}")
                            .error())
                    .isEqualTo("400 BlockedActor: block between recipient and sender");
            assertThat(post(bobToken, "getConvoForMembers", "{}").status()).isEqualTo(400);
        }

        @Test
        void recipient_mustExist() {
            assertThat(get(aliceToken, "getConvoForMembers?members=did:plc:unknown")
                            .error())
                    .startsWith("400 RecipientNotFound");
            assertThat(get(aliceToken, "getConvoForMembers?members=bob.test").error())
                    .isEqualTo("400 InvalidRequest: Invalid chat.bsky.convo.getConvoForMembers params:"
                            + " Invalid DID (got \"bob.test\")");
            assertThat(get(aliceToken, "getConvoForMembers").error()).contains("Missing required key \"members\"");
            assertThat(get(aliceToken, "getConvoForMembers?members=" + alice.did())
                            .status())
                    .isEqualTo(400);
        }

        @Test
        void appPassword_needsAccessToMessages() {
            String convo = start();
            String plain = login(pds.createAppPassword(alice.did(), "plain"));
            String privileged = login(pds.createPrivilegedAppPassword(alice.did(), "privileged"));

            assertThat(get(plain, "listConvos").error()).isEqualTo("400 InvalidToken: Bad token method");
            assertThat(http.get(CHAT + "listConvos", plain).error()).isEqualTo("400 InvalidToken: Bad token method");
            assertThat(send(privileged, convo, "hi")).isNotNull();
        }

        private String login(String appPassword) {
            return http.login(alice.handle(), appPassword).ok().string("accessJwt");
        }

        @Test
        void proxyHeader_isRequired() {
            assertThat(http.get(CHAT + "listConvos", aliceToken).status()).isEqualTo(501);
            assertThat(get(null, "listConvos").error()).isEqualTo("401 AuthMissing: Authentication Required");
            assertThat(get(aliceToken, "listConvos?limit=101").error())
                    .endsWith("integer too big (maximum 100, got 101)");
            assertThat(post(aliceToken, "sendMessage", "{'convoId':'x'}").error())
                    .isEqualTo("400 InvalidRequest: Missing required key \"message\" at $");
        }

        @Test
        void message_ofMoreThan1000GraphemesIsRejected() {
            String convo = start();
            assertThat(post(
                                    aliceToken,
                                    "sendMessage",
                                    "{'convoId':'" + convo + "','message':{'text':'" + "a".repeat(1001) + "'}}")
                            .error())
                    .isEqualTo("400 InvalidRequest: grapheme too big (maximum 1000, got 1001) at $.message.text");
        }

        @Test
        void reset_removesConversations() {
            String convo = start();
            send(aliceToken, convo, "hi");
            String before = query(aliceToken, "getLog").getString("cursor");
            pds.reset();
            pds.createAccount("alice.test", "p");
            String token = http.login("alice.test", "p").string("accessJwt");

            assertThat(convos(token, "")).isEmpty();
            LexMap log = query(token, "getLog");
            assertThat(log.getArray("logs")).isEmpty();
            assertThat(log.getString("cursor")).isLessThan(before);
        }
    }
}
