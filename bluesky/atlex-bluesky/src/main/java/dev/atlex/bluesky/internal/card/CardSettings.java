package dev.atlex.bluesky.internal.card;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** The values of {@code LinkCardOptions}. */
public record CardSettings(
        Duration timeout,
        Duration attemptTimeout,
        int maxRetries,
        int maxPageBytes,
        int maxImageBytes,
        boolean thumbs,
        @Nullable String userAgent) {}
