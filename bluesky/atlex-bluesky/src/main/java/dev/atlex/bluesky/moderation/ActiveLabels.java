package dev.atlex.bluesky.moderation;

import com.atproto.label.LabelDefs.Label;
import dev.atlex.data.InvalidSyntaxException;
import dev.atlex.syntax.Datetime;
import dev.atlex.syntax.Did;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Filters out labels that are expired or negated. AppViews don't send such labels, but label streams and caches do. */
final class ActiveLabels {
    private record Key(Did source, String subject, String value) {
        static Key of(Label label) {
            return new Key(label.src(), label.uri(), label.val());
        }
    }

    private ActiveLabels() {}

    /**
     * Returns the labels that are in effect, in their order. A negation removes labels that aren't newer than the
     * negation.
     */
    static List<Label> of(@Nullable List<Label> labels, Instant now) {
        if (labels == null || labels.isEmpty()) {
            return List.of();
        }
        Map<Key, Instant> negations = new HashMap<>();
        for (Label label : labels) {
            if (isNegation(label)) {
                negations.merge(
                        Key.of(label),
                        time(label.cts(), Instant.MAX),
                        (one, other) -> one.isAfter(other) ? one : other);
            }
        }
        return labels.stream()
                .filter(label -> !isNegation(label) && !isExpired(label, now))
                .filter(label -> {
                    Instant negated = negations.get(Key.of(label));
                    return negated == null || time(label.cts(), Instant.MIN).isAfter(negated);
                })
                .toList();
    }

    private static boolean isNegation(Label label) {
        return Boolean.TRUE.equals(label.neg());
    }

    private static boolean isExpired(Label label, Instant now) {
        return label.exp() != null && time(label.exp(), Instant.MAX).isBefore(now);
    }

    /** Returns the datetime as an instant, or {@code otherwise} if the text isn't a valid datetime. */
    static Instant time(Datetime text, Instant otherwise) {
        try {
            return text.toInstant();
        } catch (InvalidSyntaxException e) {
            return otherwise;
        }
    }
}
