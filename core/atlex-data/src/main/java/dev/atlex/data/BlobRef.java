package dev.atlex.data;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A reference to a blob: a file that is stored next to the repository.
 *
 * <p>Old records contain a legacy form without a size; see {@link #isLegacy()}. Only lenient reading accepts it, and it
 * is written back in the same form.
 *
 * @see <a href="https://atproto.com/specs/data-model#blob-type">AT Protocol: blob type</a>
 */
public final class BlobRef {
    static final String TYPE = "blob";

    /** The size of the legacy form. It differs from the -1 that some servers write into the current form. */
    private static final long LEGACY = -2;

    private static final FieldNames NAMES = FieldNames.of("$type", "ref", "mimeType", "size", "cid");

    private final Cid ref;
    private final String mimeType;
    private final long size;

    private BlobRef(Cid ref, String mimeType, long size) {
        this.ref = Objects.requireNonNull(ref, "ref");
        this.mimeType = Objects.requireNonNull(mimeType, "mimeType");
        this.size = size;
    }

    /**
     * Creates a reference.
     *
     * @param ref the CID of the content, with the raw codec
     * @param mimeType the media type, such as {@code image/png}
     * @param size the size in bytes, not negative
     * @throws IllegalArgumentException if the size is negative
     */
    public static BlobRef of(Cid ref, String mimeType, long size) {
        if (size < 0) {
            throw new IllegalArgumentException("size must not be negative (got " + size + ")");
        }
        return new BlobRef(ref, mimeType, size);
    }

    /** Returns the CID of the content. */
    public Cid ref() {
        return ref;
    }

    /** Returns the media type that the record's author declared, such as {@code image/png}. */
    public String mimeType() {
        return mimeType;
    }

    /** Returns the size in bytes; negative if unknown. */
    public long size() {
        return size;
    }

    /**
     * Returns whether this is the legacy form, which records from before 2023 contain: it has no size and no
     * {@code $type}.
     */
    public boolean isLegacy() {
        return size == LEGACY;
    }

    /**
     * Reads a blob reference. Accepts the legacy form only in lenient mode.
     *
     * @throws LexValidationException if the value isn't a blob reference
     */
    public static BlobRef read(LexReader reader) {
        BlobRef blob = fromMap(reader.readMap(), reader.strict());
        if (blob == null) {
            throw reader.malformedBlob();
        }
        return blob;
    }

    /** Returns the reference in the map, or null if the map isn't a blob reference. */
    static @Nullable BlobRef fromMap(LexMap map, boolean strict) {
        String mimeType = map.getString("mimeType");
        if (TYPE.equals(map.type())) {
            Long size = map.getInteger("size");
            if (map.size() != 4 || mimeType == null || mimeType.indexOf('/') < 0 || size == null) {
                return null;
            }
            boolean sized = size >= 0 || size == -1 && !strict;
            return sized && map.get("ref") instanceof Cid ref && (!strict || ref.isRaw())
                    ? new BlobRef(ref, mimeType, size)
                    : null;
        }
        String cid = map.getString("cid");
        return !strict && map.size() == 2 && mimeType != null && !mimeType.isEmpty() && cid != null && Cid.isValid(cid)
                ? new BlobRef(Cid.unchecked(cid), mimeType, LEGACY)
                : null;
    }

    /** Writes the blob reference in the writer's format, JSON or DAG-CBOR. The legacy form stays a legacy form. */
    public void write(LexWriter writer) {
        writer.beginMap();
        if (size == LEGACY) {
            writer.name(NAMES, 4);
            writer.string(ref.toString());
            writer.name(NAMES, 2);
            writer.string(mimeType);
        } else {
            writer.name(NAMES, 0);
            writer.string(TYPE);
            writer.name(NAMES, 1);
            writer.link(ref);
            writer.name(NAMES, 2);
            writer.string(mimeType);
            writer.name(NAMES, 3);
            writer.integer(size);
        }
        writer.endMap();
    }

    /** Returns the reference as an untyped value. */
    public LexMap toLexMap() {
        return (LexMap) LexWriter.toValue(this::write);
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof BlobRef that
                && size == that.size
                && ref.equals(that.ref)
                && mimeType.equals(that.mimeType);
    }

    @Override
    public int hashCode() {
        return ref.hashCode();
    }

    @Override
    public String toString() {
        return "BlobRef{ref=" + ref + ", mimeType=" + mimeType + ", size=" + size + "}";
    }
}
