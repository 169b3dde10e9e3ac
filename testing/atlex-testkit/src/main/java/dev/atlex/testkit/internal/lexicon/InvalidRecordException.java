package dev.atlex.testkit.internal.lexicon;

import dev.atlex.data.LexException;
import java.util.function.UnaryOperator;

/** Thrown when a record or its key is invalid. */
public final class InvalidRecordException extends LexException {
    private static final long serialVersionUID = 1L;

    private final transient UnaryOperator<String> message;

    private InvalidRecordException(UnaryOperator<String> message) {
        super(message.apply("$.record"));
        this.message = message;
    }

    static InvalidRecordException ofKey(String collection, String problem) {
        return new InvalidRecordException(at -> "Invalid record key for " + collection + ": " + problem + " at $");
    }

    static InvalidRecordException of(String collection, InvalidValueException cause) {
        return new InvalidRecordException(
                at -> "Invalid " + collection + " record: " + cause.problem() + " at " + at + cause.path());
    }

    /**
     * Returns the reference server's message.
     *
     * @param at the path of the record in the request, such as {@code $.writes[1].record}
     */
    public String message(String at) {
        return message.apply(at);
    }
}
