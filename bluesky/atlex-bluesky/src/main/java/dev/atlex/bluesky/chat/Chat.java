package dev.atlex.bluesky.chat;

import chat.bsky.convo.AcceptConvo;
import chat.bsky.convo.AddReaction;
import chat.bsky.convo.ConvoDefs.ConvoView;
import chat.bsky.convo.ConvoDefs.MessageInput;
import chat.bsky.convo.ConvoDefs.MessageView;
import chat.bsky.convo.DeleteMessageForSelf;
import chat.bsky.convo.GetConvo;
import chat.bsky.convo.GetConvoAvailability;
import chat.bsky.convo.GetConvoForMembers;
import chat.bsky.convo.GetLog;
import chat.bsky.convo.GetMessages;
import chat.bsky.convo.GetMessages.Output.MessagesItem;
import chat.bsky.convo.GetUnreadCounts;
import chat.bsky.convo.LeaveConvo;
import chat.bsky.convo.ListConvos;
import chat.bsky.convo.MuteConvo;
import chat.bsky.convo.RemoveReaction;
import chat.bsky.convo.SendMessage;
import chat.bsky.convo.UnmuteConvo;
import chat.bsky.convo.UpdateAllRead;
import chat.bsky.convo.UpdateRead;
import com.atproto.identity.ResolveHandle;
import dev.atlex.bluesky.internal.Typos;
import dev.atlex.bluesky.richtext.RichText;
import dev.atlex.client.Agent;
import dev.atlex.client.CallOptions;
import dev.atlex.client.Client;
import dev.atlex.client.InvalidItems;
import dev.atlex.client.XrpcException;
import dev.atlex.client.XrpcResponseException;
import dev.atlex.syntax.AtIdentifier;
import dev.atlex.syntax.Did;
import dev.atlex.syntax.Handle;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import java.util.Spliterator;
import java.util.Spliterators;
import java.util.function.Consumer;
import java.util.function.Supplier;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.jspecify.annotations.Nullable;

/**
 * An account's direct messages. Immutable and thread-safe.
 *
 * <pre>{@code
 * Chat chat = Chat.of(session);
 * ConvoView convo = chat.conversationWith(Handle.of("alice.example.com"));
 * chat.send(convo.id(), "Hello!");
 * }</pre>
 *
 * <p>The account's server forwards the calls to the chat service. Methods throw a {@link
 * dev.atlex.client.XrpcException} if a call fails, and a {@link ChatAccessException} if the session has no access to
 * direct messages. Calls that are safe to repeat are retried up to 3 times. Reads are retried after any temporary
 * failure; other calls only if the server certainly didn't process them.
 *
 * @see <a href="https://docs.bsky.app/docs/category/http-reference">Bluesky: HTTP reference, chat.bsky.convo</a>
 */
public final class Chat {
    /** Bluesky's chat service. */
    public static final String DEFAULT_SERVICE = "did:web:api.bsky.chat#bsky_chat";

    private static final int MAX_PAGE = 100;

    /** The error that the reference server returns for a method that an app password may not call. */
    private static final String INVALID_TOKEN = "InvalidToken";

    /** The error that servers return if an OAuth session wasn't granted access. */
    private static final String SCOPE_MISSING = "ScopeMissingError";

    private static final String BAD_TOKEN_METHOD = "Bad token method";

    private final Client client;
    private final Client direct;
    private final Did did;

    private Chat(Agent agent, Did did, String service) {
        CallOptions options = CallOptions.of(
                o -> o.invalidItems(InvalidItems.SKIP).validateRequest(true).retries(3));
        this.direct = new Client(agent, options);
        this.client = direct.with(o -> o.proxy(service));
        this.did = did;
    }

    /**
     * Returns an object for an account's direct messages.
     *
     * @throws IllegalArgumentException if the agent isn't signed in
     */
    public static Chat of(Agent agent) {
        return of(agent, DEFAULT_SERVICE);
    }

    /**
     * Like {@link #of(Agent)}, with a different chat service.
     *
     * @param service a DID and the ID of a service in its document, as in {@link #DEFAULT_SERVICE}
     * @throws IllegalArgumentException if the service doesn't have this form, or the agent isn't signed in
     */
    public static Chat of(Agent agent, String service) {
        Did did = agent.did();
        if (did == null) {
            throw new IllegalArgumentException("Chat.of: the agent is not signed in; pass a session");
        }
        return new Chat(agent, did, service);
    }

    /** Returns the client that this object uses, for other methods in the chat service. */
    public Client client() {
        return client;
    }

    /** Returns the account's conversations, newest first. Pages are fetched as the stream is read. */
    public Stream<ConvoView> conversations() {
        return conversations(p -> {});
    }

    /**
     * Like {@link #conversations()}, but filtered: {@code p -> p.readState("unread")}, or
     * {@code p -> p.status("request")} for conversations that haven't been {@linkplain #accept accepted} yet.
     *
     * @throws IllegalArgumentException if a value looks like a misspelled known one
     */
    public Stream<ConvoView> conversations(Consumer<? super ListConvos.Params.Builder> parameters) {
        return checkedStream(client.pages(ListConvos.QUERY, p -> {
                    parameters.accept(p.limit(MAX_PAGE));
                    checkFilters(p.build());
                })
                .items(ListConvos.Output::convos));
    }

    private static void checkFilters(ListConvos.Params filters) {
        // The service doesn't know "read" yet, but that isn't a typo of "unread".
        Typos.check("readState", filters.readState(), Set.of(ListConvos.Params.READ_STATE_UNREAD, "read"));
        Typos.check(
                "status",
                filters.status(),
                Set.of(ListConvos.Params.STATUS_REQUEST, ListConvos.Params.STATUS_ACCEPTED));
        Typos.check("kind", filters.kind(), Set.of(ListConvos.Params.KIND_DIRECT, ListConvos.Params.KIND_GROUP));
    }

    /** Returns a conversation by its ID. */
    public ConvoView conversation(String convoId) {
        return checked(() -> client.call(GetConvo.QUERY, p -> p.convoId(convoId)))
                .convo();
    }

    /**
     * Returns the conversation with other accounts, creating it if there is none.
     *
     * @param members the DIDs or handles of 1 to 10 other accounts
     * @throws dev.atlex.client.XrpcException if the call fails or an account doesn't accept messages from this one; in
     *     the second case, {@code is(GetConvoForMembers.ERROR_MESSAGES_DISABLED)} returns true, or the same check with
     *     another of the method's errors
     */
    public ConvoView conversationWith(AtIdentifier... members) {
        List<Did> dids = Stream.of(members).map(this::resolve).toList();
        return checked(() -> client.call(GetConvoForMembers.QUERY, p -> p.members(dids)))
                .convo();
    }

    /** Returns whether the account may send messages to other accounts, without creating a conversation. */
    public boolean canMessage(AtIdentifier... members) {
        List<Did> dids = Stream.of(members).map(this::resolve).toList();
        return checked(() -> client.call(GetConvoAvailability.QUERY, p -> p.members(dids)))
                .canChat();
    }

    private Did resolve(AtIdentifier member) {
        return member instanceof Handle handle
                ? direct.call(ResolveHandle.QUERY, p -> p.handle(handle)).did()
                : (Did) member;
    }

    /**
     * Returns the messages in a conversation, newest first, including deleted messages and system messages. Pages
     * are fetched as the stream is read.
     */
    public Stream<MessagesItem> messages(String convoId) {
        return checkedStream(
                client.pages(GetMessages.QUERY, p -> p.convoId(convoId).limit(MAX_PAGE))
                        .items(GetMessages.Output::messages));
    }

    /**
     * Sends a message. Links, mentions and tags in the text are detected. A message may have at most 1,000 graphemes
     * and 10,000 bytes of UTF-8; a longer one is rejected with a {@link dev.atlex.client.XrpcRequestException} before
     * anything is sent.
     *
     * <p>This method never sends a message twice. After a {@link dev.atlex.client.XrpcTransportException}, the message
     * may have been sent, so check {@link #messages} before trying again.
     */
    public MessageView send(String convoId, String text) {
        return send(convoId, RichText.detect(text));
    }

    /**
     * Like {@link #send(String, String)}, with the caller's own facets. Mentions without a DID are looked up; mentions
     * of unknown handles stay plain text.
     */
    public MessageView send(String convoId, RichText text) {
        RichText resolved = text.resolveMentions(this::find);
        return send(
                convoId, m -> (resolved.facets().isEmpty() ? m : m.facets(resolved.facets())).text(resolved.text()));
    }

    private @Nullable Did find(Handle handle) {
        try {
            return resolve(handle);
        } catch (XrpcException e) {
            return null;
        }
    }

    /** Like {@link #send(String, String)}, with a function that sets other fields, such as facets or an embed. */
    public MessageView send(String convoId, Consumer<? super MessageInput.Builder> message) {
        MessageInput.Builder input = MessageInput.builder();
        message.accept(input);
        MessageInput built = input.build();
        return checked(
                () -> client.call(SendMessage.PROCEDURE, i -> i.convoId(convoId).message(built)));
    }

    /** Marks all messages in a conversation as read. */
    public ConvoView markRead(String convoId) {
        return checked(() -> client.call(UpdateRead.PROCEDURE, i -> i.convoId(convoId)))
                .convo();
    }

    /** Marks the messages in a conversation as read, up to this one. */
    public ConvoView markRead(String convoId, String messageId) {
        return checked(() -> client.call(
                        UpdateRead.PROCEDURE, i -> i.convoId(convoId).messageId(messageId)))
                .convo();
    }

    /** Marks all messages in all conversations as read. */
    public void markAllRead() {
        checked(() -> client.call(UpdateAllRead.PROCEDURE, i -> {}));
    }

    /** Returns the number of conversations with unread messages. */
    public GetUnreadCounts.Output unreadCounts() {
        return checked(() -> client.call(GetUnreadCounts.QUERY));
    }

    /** Accepts a conversation that another account started. Sending a message accepts it too. */
    public void accept(String convoId) {
        checked(() -> client.call(AcceptConvo.PROCEDURE, i -> i.convoId(convoId)));
    }

    /** Leaves a conversation, which is then no longer listed. */
    public void leave(String convoId) {
        checked(() -> client.call(LeaveConvo.PROCEDURE, i -> i.convoId(convoId)));
    }

    /** Mutes a conversation. */
    public ConvoView mute(String convoId) {
        return checked(() -> client.call(MuteConvo.PROCEDURE, i -> i.convoId(convoId)))
                .convo();
    }

    /** Unmutes a conversation. */
    public ConvoView unmute(String convoId) {
        return checked(() -> client.call(UnmuteConvo.PROCEDURE, i -> i.convoId(convoId)))
                .convo();
    }

    /**
     * Adds a reaction to a message.
     *
     * @param emoji one emoji
     */
    public MessageView react(String convoId, String messageId, String emoji) {
        return checked(() -> client.call(
                        AddReaction.PROCEDURE,
                        i -> i.convoId(convoId).messageId(messageId).value(emoji)))
                .message();
    }

    /** Removes this account's reaction from a message. */
    public MessageView unreact(String convoId, String messageId, String emoji) {
        return checked(() -> client.call(
                        RemoveReaction.PROCEDURE,
                        i -> i.convoId(convoId).messageId(messageId).value(emoji)))
                .message();
    }

    /** Deletes a message for this account only. Other members still see it. */
    public void deleteForSelf(String convoId, String messageId) {
        checked(() -> client.call(
                DeleteMessageForSelf.PROCEDURE, i -> i.convoId(convoId).messageId(messageId)));
    }

    /**
     * Returns the new entries in the log of all conversations, with one request. To wait for messages, call this method
     * again after a few seconds, with the cursor of the last log.
     *
     * @param cursor the cursor of the last log, or null to start now; with null, the returned log has no entries, and
     *     its cursor points to the next one
     */
    public ChatLog log(@Nullable String cursor) {
        GetLog.Output output = checked(() -> client.call(GetLog.QUERY, p -> {
            if (cursor != null) {
                p.cursor(cursor);
            }
        }));
        return new ChatLog(output, cursor, did);
    }

    private static <T> T checked(Supplier<T> call) {
        try {
            return call.get();
        } catch (XrpcResponseException e) {
            String message = e.serverMessage();
            boolean badMethod = e.is(INVALID_TOKEN) && message != null && message.contains(BAD_TOKEN_METHOD);
            if (badMethod || e.is(SCOPE_MISSING)) {
                throw new ChatAccessException(e);
            }
            throw e;
        }
    }

    /** Checks each page, because pages are fetched while the stream is read. */
    private static <T> Stream<T> checkedStream(Stream<T> items) {
        Iterator<T> iterator = items.iterator();
        Iterator<T> pages = new Iterator<>() {
            @Override
            public boolean hasNext() {
                return checked(iterator::hasNext);
            }

            @Override
            public T next() {
                return checked(iterator::next);
            }
        };
        return StreamSupport.stream(Spliterators.spliteratorUnknownSize(pages, Spliterator.ORDERED), false);
    }

    /** Returns the account. */
    @Override
    public String toString() {
        return "Chat[" + did + "]";
    }
}
