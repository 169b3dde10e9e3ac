package dev.atlex.testkit.internal;

import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** An account's blobs. A blob that no record refers to yet is stored, but not served. */
final class Blobs {
    static final int MAX_SIZE = 5 << 20;

    /** A blob, and the records that refer to it. */
    static final class Blob {
        final Cid cid;
        final String mimeType;
        final byte[] content;
        final Set<String> records = new HashSet<>();
        boolean permanent;

        private Blob(Cid cid, String mimeType, byte[] content) {
            this.cid = cid;
            this.mimeType = mimeType;
            this.content = content;
        }

        /** Returns the reference to put into records. */
        LexMap reference() {
            return LexMap.builder()
                    .put("$type", "blob")
                    .put("ref", cid)
                    .put("mimeType", mimeType)
                    .put("size", content.length)
                    .build();
        }
    }

    private final Map<String, Blob> blobs = new TreeMap<>();

    /**
     * Stores a blob. Uploading it again replaces its media type, unless a record refers to it.
     *
     * @param detect whether to detect the media type from the first bytes, with the declared one only as a fallback
     */
    Blob put(byte[] content, String declaredType, boolean detect) {
        Cid cid = Cid.ofRaw(content);
        String mimeType = detect ? sniff(content, declaredType) : declaredType;
        Blob known = blobs.get(cid.toString());
        Blob blob = new Blob(cid, mimeType, content);
        if (known == null || !known.permanent) {
            blobs.putIfAbsent(cid.toString(), blob);
        }
        return blob;
    }

    @Nullable
    Blob get(String cid) {
        return blobs.get(cid);
    }

    int size() {
        return blobs.size();
    }

    int referenced() {
        return (int) blobs.values().stream().filter(b -> !b.records.isEmpty()).count();
    }

    /** Returns the CIDs of blobs that records refer to, starting after the given CID. */
    List<String> list(String after, int limit) {
        return blobs.values().stream()
                .filter(b -> !b.records.isEmpty())
                .map(b -> b.cid.toString())
                .filter(cid -> cid.compareTo(after) > 0)
                .limit(limit)
                .toList();
    }

    /**
     * Sets the blobs that a written record refers to. Deletes blobs that no record refers to anymore.
     */
    void setReferences(String record, Set<String> cids) {
        blobs.values().removeIf(blob -> {
            if (cids.contains(blob.cid.toString())) {
                blob.records.add(record);
                blob.permanent = true;
                return false;
            }
            return blob.records.remove(record) && blob.records.isEmpty();
        });
    }

    /** Returns the media type detected from the first bytes, or else the declared one. */
    private static String sniff(byte[] content, String declared) {
        if (starts(content, 0, 0x89, 'P', 'N', 'G', 0x0D, 0x0A, 0x1A, 0x0A)) {
            return "image/png";
        }
        if (starts(content, 0, 0xFF, 0xD8, 0xFF)) {
            return "image/jpeg";
        }
        if (starts(content, 0, 'G', 'I', 'F')) {
            return "image/gif";
        }
        if (starts(content, 0, 'R', 'I', 'F', 'F') && starts(content, 8, 'W', 'E', 'B', 'P')) {
            return "image/webp";
        }
        if (starts(content, 4, 'f', 't', 'y', 'p')) {
            return "video/mp4";
        }
        return starts(content, 0, '%', 'P', 'D', 'F', '-') ? "application/pdf" : declared;
    }

    private static boolean starts(byte[] content, int at, int... bytes) {
        if (content.length < at + bytes.length) {
            return false;
        }
        for (int i = 0; i < bytes.length; i++) {
            if ((content[at + i] & 0xFF) != bytes[i]) {
                return false;
            }
        }
        return true;
    }
}
