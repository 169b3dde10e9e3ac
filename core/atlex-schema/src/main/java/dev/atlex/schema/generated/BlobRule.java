package dev.atlex.schema.generated;

import dev.atlex.data.BlobRef;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.data.internal.MediaType;
import dev.atlex.schema.Codec;
import dev.atlex.schema.internal.ConstraintText;
import java.util.List;

/** The constraints on a blob reference, and its codec. Immutable; each method adds a constraint. */
public final class BlobRule implements Codec<BlobRef> {
    /** Any blob. */
    public static final BlobRule ANY = new BlobRule(List.of(), Long.MAX_VALUE);

    private final List<String> accept;
    private final long maxSize;

    private BlobRule(List<String> accept, long maxSize) {
        this.accept = accept;
        this.maxSize = maxSize;
    }

    /** Restricts the media types; {@code image/*} and {@code *}{@code /*} are patterns. */
    public BlobRule accept(String... mediaTypes) {
        return new BlobRule(List.of(mediaTypes), maxSize);
    }

    /** Adds a maximum size in bytes. */
    public BlobRule maxSize(long bytes) {
        return new BlobRule(accept, bytes);
    }

    @Override
    public BlobRef read(LexReader reader) {
        BlobRef blob = BlobRef.read(reader);
        // Lenient reading checks only the reference itself, as upstream does: older records violate current
        // constraints.
        if (reader.validating() && reader.strict()) {
            if (!accept.isEmpty()
                    && accept.stream().noneMatch(pattern -> MediaType.matches(pattern, blob.mimeType()))) {
                throw reader.invalid(
                        "accept", "a blob whose media type is " + ConstraintText.oneOf(accept), "", blob.mimeType());
            }
            if (blob.size() > maxSize) {
                throw reader.invalid(
                        "maxSize",
                        "a blob of at most " + ConstraintText.count(maxSize, "byte"),
                        ConstraintText.count(blob.size(), "byte"));
            }
        }
        return blob;
    }

    @Override
    public void write(LexWriter writer, BlobRef value) {
        value.write(writer);
    }
}
