package dev.atlex.client;

import dev.atlex.data.Cid;
import dev.atlex.syntax.AtUri;
import org.jspecify.annotations.Nullable;

/**
 * A record and where it is.
 *
 * @param uri where
 * @param cid of which content; null where the server does not say
 * @param value the record, checked and typed
 * @param <T> its class
 */
public record RecordEntry<T>(AtUri uri, @Nullable Cid cid, T value) {}
