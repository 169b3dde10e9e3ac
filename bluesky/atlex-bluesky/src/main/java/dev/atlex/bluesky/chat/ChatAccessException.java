package dev.atlex.bluesky.chat;

import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.LexException;

/**
 * Thrown when the session may not use direct messages. If it was signed in with an app password, create another one and
 * allow access to direct messages, or sign in with the account's password. If it was authorized with OAuth, request the
 * scope {@code transition:chat.bsky}. The cause is the server's response.
 */
public final class ChatAccessException extends LexException {
    private static final long serialVersionUID = 1L;

    ChatAccessException(XrpcResponseException cause) {
        super(
                "chat: "
                        + (cause.is("ScopeMissingError")
                                ? "the OAuth session has no access to direct messages; request the scope"
                                        + " transition:chat.bsky"
                                : "the app password has no access to direct messages; create one with that permission")
                        + " (" + cause.getMessage() + ")",
                cause);
    }
}
