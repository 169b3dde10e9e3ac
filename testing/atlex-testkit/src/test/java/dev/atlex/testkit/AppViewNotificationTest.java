package dev.atlex.testkit;

import static org.assertj.core.api.Assertions.assertThat;

import dev.atlex.data.LexMap;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

class AppViewNotificationTest {
    private static final String LIST = "app.bsky.notification.listNotifications";
    private static final MutableClock CLOCK = MutableClock.at(Instant.parse("2025-06-01T12:00:00Z"));

    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create(o -> o.clock(CLOCK));

    private Person alice;
    private Person bob;
    private Person carol;
    private Person.Ref post;

    @BeforeEach
    void signIn(LocalPds pds, TestAccount alice, TestAccount bob, TestAccount carol) {
        this.alice = new Person(pds, alice);
        this.bob = new Person(pds, bob);
        this.carol = new Person(pds, carol);
        post = this.alice.post("first");
    }

    private static String reason(LexMap notification) {
        return notification.getString("reason");
    }

    private List<String> reasons(Person person, Object... params) {
        return person.list("notifications", AppViewNotificationTest::reason, LIST, params);
    }

    private long unread(Person person) {
        return person.get("app.bsky.notification.getUnreadCount").getInteger("count");
    }

    private void seen(Person person, String time) {
        person.call("app.bsky.notification.updateSeen", "{'seenAt':'" + time + "'}")
                .ok();
    }

    private static String at(int second) {
        return "2025-05-01T00:00:" + (second < 10 ? "0" : "") + second + ".000Z";
    }

    @Nested
    class Reasons {
        @Test
        void eachKindOfRecord_notifiesNewestFirst() {
            bob.follow(alice);
            bob.like(post);
            bob.repost(post);
            bob.reply("reply", post, post);
            bob.quote("quote", post);
            bob.mention("@alice", alice);

            assertThat(reasons(alice)).containsExactly("mention", "quote", "reply", "repost", "like", "follow");
            assertThat(unread(alice)).isEqualTo(6);
            assertThat(reasons(bob)).isEmpty();
        }

        @Test
        void notification_showsRecordAuthorAndSubject() {
            Person.Ref like = bob.like(post);

            LexMap notification =
                    (LexMap) alice.get(LIST).getArray("notifications").get(0);
            assertThat(notification.getString("uri")).isEqualTo(like.uri());
            assertThat(notification.getString("cid")).isEqualTo(like.cid());
            assertThat(notification.getString("reasonSubject")).isEqualTo(post.uri());
            assertThat(notification.getString("indexedAt")).isEqualTo(Person.TIME);
            assertThat(notification.getMap("author").getString("did")).isEqualTo(bob.did());
            assertThat(notification.getMap("record").getMap("subject").getString("uri"))
                    .isEqualTo(post.uri());
        }

        @Test
        void ownRecords_notifyNobody() {
            alice.like(post);
            alice.repost(post);
            alice.reply("self", post, post);
            alice.quote("self", post);
            alice.mention("self", alice);

            assertThat(reasons(alice)).isEmpty();
        }

        @Test
        void likeViaRepost_alsoNotifiesTheReposter() {
            Person.Ref repost = bob.repost(post);
            String via = "'subject':" + post.json() + ",'via':" + repost.json();
            carol.write("app.bsky.feed.like", via);
            carol.write("app.bsky.feed.repost", via);

            assertThat(reasons(bob)).containsExactly("repost-via-repost", "like-via-repost");
            assertThat(reasons(alice)).containsExactly("repost", "like", "repost");
        }

        @Test
        void reply_notifiesAuthorsOfParentAndRoot() {
            Person.Ref first = bob.reply("first reply", post, post);
            carol.reply("second reply", post, first);

            assertThat(reasons(alice)).containsExactly("reply", "reply");
            assertThat(reasons(bob)).containsExactly("reply");
        }

        @Test
        void mentionInReply_notifiesOnceAsMention() {
            bob.post(
                    "@alice",
                    ",'reply':{'root':" + post.json() + ",'parent':" + post.json() + "},"
                            + "'facets':[{'index':{'byteStart':0,'byteEnd':6},'features':[{"
                            + "'$type':'app.bsky.richtext.facet#mention','did':'" + alice.did() + "'}]}]");

            assertThat(reasons(alice)).containsExactly("mention");
        }

        @Test
        void reasons_filterNotifications() {
            bob.like(post);
            bob.reply("reply", post, post);
            bob.mention("@alice", alice);

            assertThat(reasons(alice, "reasons", "reply", "reasons", "mention")).containsExactly("mention", "reply");
            assertThat(reasons(alice, "reasons", "follow")).isEmpty();
        }
    }

    @Nested
    class Hiding {
        @Test
        void deletedRecordsAndSubjects_removeNotifications() {
            Person.Ref like = bob.like(post);
            bob.reply("reply", post, post);
            bob.delete(like);
            assertThat(reasons(alice)).containsExactly("reply");

            alice.delete(post);
            assertThat(reasons(alice)).isEmpty();
        }

        @Test
        void mutesAndBlocks_hideTheAuthor() {
            bob.like(post);
            carol.like(post);
            alice.call("app.bsky.graph.muteActor", "{'actor':'" + bob.did() + "'}")
                    .ok();
            carol.block(alice);

            assertThat(reasons(alice)).isEmpty();
            alice.call("app.bsky.graph.unmuteActor", "{'actor':'" + bob.did() + "'}")
                    .ok();
            assertThat(reasons(alice)).containsExactly("like");
        }

        @Test
        void mutedThread_createsNoNotifications() {
            alice.call("app.bsky.graph.muteThread", "{'root':'" + post.uri() + "'}")
                    .ok();
            bob.like(post);
            bob.reply("reply", post, post);
            bob.mention("@alice", alice);

            assertThat(reasons(alice)).containsExactly("mention");
        }

        @Test
        void takedown_hidesTheAuthor(LocalPds pds) {
            TestAccount dave = pds.createAccount("dave.test", "password");
            new Person(pds, dave).like(post);
            pds.takedown(dave.did());
            assertThat(reasons(alice)).isEmpty();
            pds.reinstate(dave.did());
            assertThat(reasons(alice)).containsExactly("like");
        }

        @Test
        void hiddenReply_isLeftOut() {
            Person.Ref reply = bob.reply("reply", post, post);
            alice.write(
                    "app.bsky.feed.threadgate",
                    post.key(),
                    "'post':'" + post.uri() + "','hiddenReplies':['" + reply.uri() + "']");

            assertThat(reasons(alice)).isEmpty();
        }

        @Test
        void replyForbiddenByThreadgate_notifiesNobody() {
            alice.write("app.bsky.feed.threadgate", post.key(), "'post':'" + post.uri() + "','allow':[]");
            bob.reply("reply", post, post);

            assertThat(reasons(alice)).isEmpty();
        }

        @Test
        void priority_showsFollowedAccountsOnly() {
            alice.follow(bob);
            bob.like(post);
            carol.like(post);

            assertThat(reasons(alice, "priority", "true")).hasSize(1);
            alice.call("app.bsky.notification.putPreferences", "{'priority':true}")
                    .ok();
            assertThat(alice.get(LIST).getBoolean("priority")).isTrue();
            assertThat(reasons(alice)).hasSize(1);
            assertThat(reasons(alice, "priority", "false")).hasSize(2);
        }
    }

    @Nested
    class Seen {
        private void like(Person person, int second) {
            person.write("app.bsky.feed.like", "'subject':" + post.json() + ",'createdAt':'" + at(second) + "'");
        }

        private List<Boolean> read(Object... params) {
            return alice.list("notifications", each -> each.getBoolean("isRead"), LIST, params);
        }

        @Test
        void nothingSeenYet_latestIsUnread() {
            like(bob, 1);
            like(carol, 2);

            assertThat(read()).containsExactly(false, true);
            assertThat(alice.get(LIST).getString("seenAt")).isEqualTo(at(2));
            assertThat(unread(alice)).isEqualTo(2);
        }

        @Test
        void updateSeen_marksEarlierOnesAsRead() {
            like(bob, 1);
            like(carol, 3);
            seen(alice, at(2));

            assertThat(read()).containsExactly(false, true);
            assertThat(unread(alice)).isEqualTo(1);
            assertThat(alice.get(LIST).getString("seenAt")).isEqualTo(at(2));
        }

        @Test
        void updateSeen_doesNotGoBack() {
            seen(alice, at(5));
            seen(alice, at(2));

            assertThat(alice.get(LIST).getString("seenAt")).isEqualTo(at(5));
        }

        @Test
        void seenAtParameter_isUnsupported() {
            String time = "2024-01-01T00:00:00Z";
            assertThat(alice.query(LIST, "seenAt", time).error())
                    .isEqualTo("400 InvalidRequest: The seenAt parameter is unsupported");
            assertThat(alice.query("app.bsky.notification.getUnreadCount", "seenAt", time)
                            .error())
                    .isEqualTo("400 InvalidRequest: The seenAt parameter is unsupported");
            assertThat(alice.call("app.bsky.notification.updateSeen", "{'seenAt':'x'}")
                            .error())
                    .isEqualTo("400 InvalidRequest: Invalid datetime (got \"x\") at $.seenAt");
        }
    }

    @Nested
    class Pages {
        @Test
        void equalTimes_areNeitherLostNorRepeated() {
            for (int i = 0; i < 7; i++) {
                bob.reply("reply " + i, post, post);
            }
            List<String> texts = alice.pages(
                    3, "notifications", each -> each.getMap("record").getString("text"), LIST);

            assertThat(texts)
                    .containsExactly("reply 6", "reply 5", "reply 4", "reply 3", "reply 2", "reply 1", "reply 0");
        }

        @Test
        void limits_areLikeThoseOfAppView() {
            assertThat(alice.query(LIST, "limit", "0").error())
                    .isEqualTo("400 InvalidRequest: Invalid " + LIST + " params: integer too small (minimum 1, got 0)");
            assertThat(alice.query(LIST, "limit", "101").error())
                    .isEqualTo(
                            "400 InvalidRequest: Invalid " + LIST + " params: integer too big (maximum 100, got 101)");
            assertThat(alice.query(LIST, "cursor", "x").error()).isEqualTo("400 InvalidRequest: Malformed cursor");
        }

        @Test
        void createdAtInFuture_isTreatedAsNow() {
            Instant now = CLOCK.instant();
            bob.write(
                    "app.bsky.feed.like",
                    "'subject':" + post.json() + ",'createdAt':'" + now.plus(Duration.ofDays(3)) + "'");

            assertThat(alice.list("notifications", each -> each.getString("indexedAt"), LIST))
                    .containsExactly("2025-06-01T12:00:00.000Z");
        }
    }
}
