package dev.atlex.examples.recipes;

import chat.bsky.convo.ConvoDefs.ConvoView;
import chat.bsky.convo.ConvoDefs.MessageView;
import dev.atlex.bluesky.Bluesky;
import dev.atlex.bluesky.chat.Chat;
import dev.atlex.syntax.Did;
import java.util.List;

/**
 * Replies to the newest message of each unread conversation. Run it every minute, with an app password that has access
 * to direct messages.
 */
public final class ChatBot {
    private ChatBot() {}

    public static void main(String[] args) {
        try (Demo demo = Demo.start()) {
            Bluesky alice = demo.bluesky();
            if (demo.isLocal()) {
                alice.follow("bob.test"); // by default, accounts accept messages only from accounts that they follow
                demo.asBob(bob -> {
                    bob.follow("alice.test");
                    ConvoView convo = bob.chat().conversationWith(alice.did());
                    bob.chat().send(convo.id(), "Are you there?");
                });
            }
            System.out.println("Replies: " + run(alice.chat(), alice.did()));
        }
    }

    static int run(Chat chat, Did self) {
        int replies = 0;
        List<ConvoView> unread = chat.conversations(p -> p.readState("unread").status("accepted"))
                .toList();
        for (ConvoView convo : unread) {
            if (convo.lastMessage() instanceof ConvoView.LastMessage.MessageView last) {
                MessageView message = last.value();
                if (!message.sender().did().equals(self)) { // otherwise the last run died before markRead
                    chat.send(convo.id(), "You wrote: " + message.text());
                    replies++;
                }
                chat.markRead(convo.id(), message.id());
            }
        }
        return replies;
    }
}
