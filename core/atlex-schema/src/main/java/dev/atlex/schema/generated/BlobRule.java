package dev.atlex.schema.generated;

import dev.atlex.data.BlobRef;
import dev.atlex.data.LexReader;
import dev.atlex.data.LexWriter;
import dev.atlex.schema.Codec;
import dev.atlex.schema.MediaTypes;
import dev.atlex.schema.internal.Choices;
import java.util.List;

/** The constraints of a blob reference, and its codec. Immutable; each method adds a constraint. */
public final class BlobRule implements Codec<BlobRef> {
    /** A blob of which nothing more is asked. */
    public static final BlobRule ANY = new BlobRule(List.of(), Long.MAX_VALUE);

    private final List<String> accept;
    private final long maxSize;

    private BlobRule(List<String> accept, long maxSize) {
        this.accept = accept;
        this.maxSize = maxSize;
    }

    /** Only of these media types; {@code image/*} and {@code *}{@code /*} are patterns. */
    public BlobRule accept(String... mediaTypes) {
        return new BlobRule(List.of(mediaTypes), maxSize);
    }

    /** At most so many bytes. */
    public BlobRule maxSize(long bytes) {
        return new BlobRule(accept, bytes);
    }

    @Override
    public BlobRef read(LexReader reader) {
        BlobRef blob = BlobRef.read(reader);
        // Leniently only the reference itself is checked, as upstream does: old records hold what today's rules refuse.
        if (reader.validating() && reader.strict()) {
            if (!accept.isEmpty()
                    && accept.stream().noneMatch(pattern -> MediaTypes.matches(pattern, blob.mimeType()))) {
                throw reader.invalid("accept", "blob of " + Choices.oneOf(accept), "", blob.mimeType());
            }
            if (blob.size() > maxSize) {
                throw reader.invalid("maxSize", "blob of at most " + maxSize + " bytes", blob.size() + " bytes");
            }
        }
        return blob;
    }

    @Override
    public void write(LexWriter writer, BlobRef value) {
        value.write(writer);
    }
}
