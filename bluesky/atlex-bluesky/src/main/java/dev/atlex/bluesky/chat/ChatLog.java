package dev.atlex.bluesky.chat;

import chat.bsky.convo.ConvoDefs.LogCreateMessage;
import chat.bsky.convo.ConvoDefs.LogCreateMessage.Message;
import chat.bsky.convo.ConvoDefs.MessageView;
import chat.bsky.convo.GetLog;
import chat.bsky.convo.GetLog.Output.LogsItem;
import dev.atlex.syntax.Did;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** New entries in the log of an account's conversations, oldest first. Immutable. */
public final class ChatLog {
    private final List<LogsItem> entries;
    private final @Nullable String cursor;
    private final Did self;

    ChatLog(GetLog.Output output, @Nullable String previous, Did self) {
        this.entries = output.logs();
        this.cursor = output.cursor() == null ? previous : output.cursor();
        this.self = self;
    }

    /**
     * A message from a different account.
     *
     * @param convoId the ID of the conversation, needed to reply
     */
    public record Received(String convoId, MessageView message) {}

    /** Returns all entries: new messages and reactions, conversations that were started, muted or left, and so on. */
    public List<LogsItem> entries() {
        return entries;
    }

    /** Returns the new messages from other accounts. */
    public List<Received> received() {
        List<Received> received = new ArrayList<>();
        for (LogsItem entry : entries) {
            if (entry instanceof LogsItem.LogCreateMessage created) {
                LogCreateMessage log = created.value();
                if (log.message() instanceof Message.MessageView message
                        && !message.value().sender().did().equals(self)) {
                    received.add(new Received(log.convoId(), message.value()));
                }
            }
        }
        return received;
    }

    /** Returns the cursor to continue from, or null if there has never been an entry. */
    public @Nullable String cursor() {
        return cursor;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof ChatLog that
                && self.equals(that.self)
                && Objects.equals(cursor, that.cursor)
                && entries.equals(that.entries);
    }

    @Override
    public int hashCode() {
        return Objects.hash(self, cursor, entries);
    }

    /** Returns the number of entries and the cursor. */
    @Override
    public String toString() {
        return "ChatLog[" + entries.size() + " entries, cursor=" + cursor + "]";
    }
}
