package dev.atlex.bluesky.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.bsky.actor.Declaration;
import chat.bsky.convo.ConvoDefs.ConvoView;
import chat.bsky.convo.ConvoDefs.MessageView;
import chat.bsky.convo.GetConvoForMembers;
import chat.bsky.convo.GetMessages.Output.MessagesItem;
import dev.atlex.client.Agent;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcRequestException;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.Fault;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests direct messages between two accounts. */
class ChatTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private LocalPds pds;
    private PasswordSession aliceSession;
    private PasswordSession bobSession;
    private Chat alice;
    private Chat bob;

    @BeforeEach
    void signIn(LocalPds pds, TestAccount alice, TestAccount bob) {
        this.pds = pds;
        aliceSession = PasswordSession.login(pds.url().toString(), alice.handle(), alice.password());
        bobSession = PasswordSession.login(pds.url().toString(), bob.handle(), bob.password());
        this.alice = Chat.of(aliceSession);
        this.bob = Chat.of(bobSession);
        allowAll(bobSession);
    }

    private static void allowAll(PasswordSession session) {
        new Client(session).put(Declaration.RECORD, d -> d.allowIncoming("all"));
    }

    private static List<String> texts(Chat chat, String convoId) {
        return chat.messages(convoId)
                .filter(MessagesItem.MessageView.class::isInstance)
                .map(item -> ((MessagesItem.MessageView) item).value().text())
                .toList();
    }

    private ConvoView conversation() {
        return alice.conversationWith(bobSession.did());
    }

    @Test
    void message_isSentListedAndRead() {
        ConvoView convo = conversation();
        MessageView first = alice.send(convo.id(), "Hello!");
        alice.send(convo.id(), "Are you there?");
        assertThat(texts(bob, convo.id())).containsExactly("Are you there?", "Hello!");
        assertThat(bob.conversations().map(ConvoView::id)).containsExactly(convo.id());
        assertThat(bob.conversation(convo.id()).unreadCount()).isEqualTo(2);
        bob.markRead(convo.id(), first.id());
        assertThat(bob.markRead(convo.id()).unreadCount()).isZero();
        assertThat(first.sender().did()).isEqualTo(aliceSession.did());
    }

    @Test
    void conversationWith_findsTheSameByHandle() {
        ConvoView byDid = conversation();
        ConvoView byHandle =
                alice.conversationWith(Handle.of(bobSession.data().handle().toString()));
        assertThat(byHandle.id()).isEqualTo(byDid.id());
        assertThat(alice.canMessage(bobSession.did())).isTrue();
    }

    @Test
    void linksAndMentions_becomeFacets() {
        String handle = bobSession.data().handle().toString();
        MessageView sent =
                alice.send(conversation().id(), "Hi @" + handle + ", see https://example.com and @nobody.test");
        assertThat(sent.facets()).hasSize(2);
        assertThat(sent.text()).contains("@nobody.test");
    }

    @Test
    void tooLongMessage_isRefusedBeforeARequest() {
        String id = conversation().id();
        pds.clearRequests();
        assertThatThrownBy(() -> alice.send(id, "x".repeat(1001)))
                .isInstanceOf(XrpcRequestException.class)
                .hasMessageContaining("text");
        assertThat(pds.requests()).isEmpty();
        assertThat(alice.send(id, "👨‍👩‍👧".repeat(400)).text()).hasSizeGreaterThan(1000);
    }

    @Test
    void reactions_areAddedAndRemoved() {
        String id = conversation().id();
        String message = alice.send(id, "Hello!").id();
        assertThat(bob.react(id, message, "❤️").reactions()).hasSize(1);
        MessageView without = bob.unreact(id, message, "❤️");
        assertThat(without.reactions() == null || without.reactions().isEmpty()).isTrue();
    }

    @Test
    void log_returnsNewMessagesFromOthers() {
        String id = conversation().id();
        alice.send(id, "Hello!");
        ChatLog start = bob.log(null);
        assertThat(start.entries()).isEmpty();
        alice.send(id, "Still there?");
        bob.send(id, "Yes");
        ChatLog log = bob.log(start.cursor());
        assertThat(log.entries()).hasSizeGreaterThanOrEqualTo(2);
        assertThat(log.received()).singleElement().satisfies(received -> {
            assertThat(received.convoId()).isEqualTo(id);
            assertThat(received.message().text()).isEqualTo("Still there?");
        });
        ChatLog later = bob.log(log.cursor());
        assertThat(later.entries()).isEmpty();
        assertThat(later.cursor()).isNotNull();
    }

    @Test
    void conversation_isAcceptedMutedAndLeft() {
        String id = conversation().id();
        alice.send(id, "Hello!");
        assertThat(bob.conversations(p -> p.status("request"))).hasSize(1);
        bob.accept(id);
        assertThat(bob.conversations(p -> p.status("request"))).isEmpty();
        assertThat(bob.mute(id).muted()).isTrue();
        assertThat(bob.unmute(id).muted()).isFalse();
        bob.leave(id);
        assertThat(bob.conversations()).isEmpty();
    }

    @Test
    void unread_isCountedAndCleared() {
        String id = conversation().id();
        String message = alice.send(id, "Hello!").id();
        bob.accept(id);
        assertThat(bob.unreadCounts().unreadAcceptedConvos()).isEqualTo(1);
        bob.markAllRead();
        assertThat(bob.unreadCounts().unreadAcceptedConvos()).isZero();
        bob.deleteForSelf(id, message);
        assertThat(texts(bob, id)).isEmpty();
        assertThat(texts(alice, id)).containsExactly("Hello!");
    }

    @Test
    void accountThatAcceptsNoMessages_isNamed() {
        new Client(bobSession).put(Declaration.RECORD, d -> d.allowIncoming("none"));
        assertThatThrownBy(this::conversation)
                .isInstanceOfSatisfying(
                        XrpcException.class,
                        e -> assertThat(e.is(GetConvoForMembers.ERROR_MESSAGES_DISABLED))
                                .isTrue());
    }

    @Test
    void oauthSessionWithoutChatScope_isReported() {
        pds.faults()
                .next(
                        "chat.bsky.convo.listConvos",
                        Fault.status(403, "ScopeMissingError", "Missing required scope \"rpc:…\""));
        assertThatThrownBy(() -> alice.conversations().toList())
                .isInstanceOf(ChatAccessException.class)
                .hasMessageContaining("request the scope transition:chat.bsky");
    }

    @Test
    void appPasswordWithoutChatAccess_isReported() {
        String password = pds.createAppPassword(aliceSession.did(), "bot");
        PasswordSession session =
                PasswordSession.login(pds.url().toString(), aliceSession.did().toString(), password);
        assertThatThrownBy(() -> Chat.of(session).conversations().toList())
                .isInstanceOf(ChatAccessException.class)
                .hasMessageContaining("no access to direct messages");
        String privileged = pds.createPrivilegedAppPassword(aliceSession.did(), "chat bot");
        PasswordSession allowed =
                PasswordSession.login(pds.url().toString(), aliceSession.did().toString(), privileged);
        assertThat(Chat.of(allowed).conversations()).isEmpty();
    }

    @Test
    void unauthenticatedAgent_isRefused() {
        assertThatThrownBy(() -> Chat.of(Agent.of(pds.url())))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("not signed in");
    }
}
