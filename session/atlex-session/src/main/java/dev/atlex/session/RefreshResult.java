package dev.atlex.session;

import org.jspecify.annotations.Nullable;

/**
 * What a refresh brought.
 *
 * @param data what the session goes on with
 * @param refreshed whether the tokens are newer than those before
 * @param failure why they are not, or null: something that may pass, so that the session lives and tries again
 */
public record RefreshResult(
        SessionData data, boolean refreshed, @Nullable RuntimeException failure) {}
