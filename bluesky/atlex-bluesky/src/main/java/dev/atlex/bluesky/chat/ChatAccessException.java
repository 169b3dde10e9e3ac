package dev.atlex.bluesky.chat;

import dev.atlex.client.XrpcResponseException;
import dev.atlex.data.LexException;

/**
 * Thrown when the app password that the session was signed in with may not use direct messages. Create another one and allow
 * access to direct messages, or sign in with the account's password. The cause is the server's response.
 */
public final class ChatAccessException extends LexException {
    private static final long serialVersionUID = 1L;

    ChatAccessException(XrpcResponseException cause) {
        super(
                "chat: the app password has no access to direct messages; create one with that permission ("
                        + cause.getMessage() + ")",
                cause);
    }
}
