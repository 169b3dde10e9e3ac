package dev.atlex.streams.internal.consumer;

import dev.atlex.streams.FailedEvent;
import dev.atlex.streams.Failure;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Decides what happens to events that can't be handled.
 *
 * @param onFailure decides about an event whose handler failed
 * @param onSkipped receives skipped events, and frames that can't be decoded
 */
public record FailurePolicy(
        Function<? super FailedEvent, Failure> onFailure, Consumer<? super FailedEvent> onSkipped) {}
