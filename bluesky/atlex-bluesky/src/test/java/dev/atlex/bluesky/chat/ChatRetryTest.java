package dev.atlex.bluesky.chat;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import chat.bsky.actor.Declaration;
import dev.atlex.client.Agent;
import dev.atlex.client.AgentRequest;
import dev.atlex.client.Client;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.client.transport.HttpHeaders;
import dev.atlex.client.transport.TransportResponse;
import dev.atlex.session.PasswordSession;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import dev.atlex.testkit.LocalPds;
import dev.atlex.testkit.LocalPdsExtension;
import dev.atlex.testkit.TestAccount;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.RegisterExtension;

/** Tests which calls of {@link Chat} are retried if the first attempt fails. */
class ChatRetryTest {
    @RegisterExtension
    static final LocalPdsExtension PDS = LocalPdsExtension.create();

    private Did bob;
    private Handle bobHandle;
    private Chat reliable;
    private Unreliable agent;
    private Chat chat;

    @BeforeEach
    void signIn(LocalPds pds, TestAccount alice, TestAccount bob) {
        this.bob = bob.did();
        bobHandle = Handle.of(bob.handle());
        new Client(PasswordSession.login(pds.url().toString(), bob.handle(), bob.password()))
                .put(Declaration.RECORD, d -> d.allowIncoming("all"));
        PasswordSession session = PasswordSession.login(pds.url().toString(), alice.handle(), alice.password());
        reliable = Chat.of(session);
        agent = new Unreliable(session);
        chat = Chat.of(agent);
    }

    @Test
    void reads_areRepeated() {
        String id = chat.conversationWith(bobHandle).id();
        assertThat(chat.canMessage(bob)).isTrue();
        assertThat(chat.conversation(id).id()).isEqualTo(id);
        assertThat(chat.conversations()).hasSize(1);
        assertThat(chat.messages(id)).isEmpty();
        assertThat(chat.unreadCounts().unreadAcceptedConvos()).isZero();
        assertThat(chat.log(null).entries()).isEmpty();
        assertThat(agent.failed).hasSize(8);
    }

    @Test
    void message_isNotRepeated() {
        String id = reliable.conversationWith(bob).id();
        assertThatThrownBy(() -> chat.send(id, "Hello!"))
                .isInstanceOfSatisfying(
                        XrpcResponseException.class, e -> assertThat(e.status()).isEqualTo(503));
        assertThat(agent.failed).singleElement().asString().contains("sendMessage");
        assertThat(reliable.messages(id)).isEmpty();
    }

    /** An agent whose server is overloaded at the first attempt of each call, and asks for an immediate retry. */
    private static final class Unreliable implements Agent {
        private final Agent target;
        private final List<String> failed = new ArrayList<>();

        Unreliable(Agent target) {
            this.target = target;
        }

        @Override
        public @Nullable Did did() {
            return target.did();
        }

        @Override
        public TransportResponse send(AgentRequest request) {
            if (request.attempt() > 1) {
                return target.send(request);
            }
            failed.add(request.path());
            return TransportResponse.of(503, HttpHeaders.of("retry-after", "0"), new byte[0]);
        }
    }
}
