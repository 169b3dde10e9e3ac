package dev.atlex.testkit.internal;

import static java.nio.charset.StandardCharsets.UTF_8;

import dev.atlex.data.Cid;
import dev.atlex.data.LexArray;
import dev.atlex.data.LexException;
import dev.atlex.data.LexFloat;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexValue;
import dev.atlex.testkit.internal.appview.AppView;
import dev.atlex.testkit.internal.lexicon.BundledRecords;
import dev.atlex.testkit.internal.lexicon.InvalidRecordException;
import dev.atlex.testkit.internal.sync.Firehose;
import dev.atlex.testkit.internal.sync.RepoChange;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Validates records and writes them with their blobs. */
final class Records {
    /** The key order of DAG-CBOR, the format in which the reference server stores records. */
    private static final Comparator<String> CANONICAL = Comparator.<String>comparingInt(
                    key -> key.getBytes(UTF_8).length)
            .thenComparing(key -> key.getBytes(UTF_8), Arrays::compareUnsigned);

    private record BlobUse(String cid, String mimeType, long size) {}

    private final Settings settings;
    private final Tids tids;
    private final AppView appView;
    private final Firehose firehose;
    private long order;

    Records(Settings settings, Tids tids, AppView appView, Firehose firehose) {
        this.settings = settings;
        this.tids = tids;
        this.appView = appView;
        this.firehose = firehose;
    }

    Repo.Write delete(String collection, String key, @Nullable Optional<String> swap) {
        return new Repo.Write(Repo.Action.DELETE, collection, key, null, null, null, swap, null);
    }

    /**
     * Validates a record before it is written.
     *
     * @param key the record key, or null to let the server choose one
     * @param at the path of the record in error messages
     * @param validate the request's {@code validate} parameter, or null if it is absent
     */
    Repo.Write write(
            Repo.Action action,
            String collection,
            @Nullable String key,
            LexMap record,
            String at,
            @Nullable Boolean validate,
            @Nullable Optional<String> swap) {
        LexValue type = record.get("$type");
        LexMap typed = record;
        if (type == null) {
            typed = record.toBuilder().put("$type", collection).build();
        } else if (!type.equals(LexValue.of(collection))) {
            throw XrpcError.invalidRequest("Invalid $type: expected " + collection + ", got " + type);
        }
        String written = key == null ? tids.next() : key;
        String status = validate(collection, written, typed, at, validate);
        for (String legacy : legacyBlobs(typed, new ArrayList<>())) {
            throw XrpcError.invalidRequest("Legacy blobs are not allowed (" + legacy + ")");
        }
        LexMap value = (LexMap) canonical(typed);
        byte[] block = value.toCbor();
        return new Repo.Write(action, collection, written, value, block, Cid.ofDagCbor(block), swap, status);
    }

    private @Nullable String validate(
            String collection, String key, LexMap record, String at, @Nullable Boolean validate) {
        if (Boolean.FALSE.equals(validate)) {
            return null;
        }
        boolean known;
        try {
            known = settings.validator.validate(collection, key, record);
        } catch (InvalidRecordException e) {
            throw XrpcError.invalidRequest(e.message(at));
        } catch (LexException e) {
            throw XrpcError.invalidRequest("Invalid " + collection + " record: " + e.getMessage());
        }
        if (!known && Boolean.TRUE.equals(validate)) {
            throw XrpcError.invalidRequest("Unknown lexicon type: " + collection);
        }
        return known ? "valid" : "unknown";
    }

    /** Applies all writes or none. */
    void apply(Account account, List<Repo.Write> writes, @Nullable String swapCommit) {
        RepoChange change = account.repo.apply(
                writes, swapCommit, settings.clock.instant(), order, () -> writes.forEach(w -> checkBlobs(account, w)));
        order += writes.size();
        for (Repo.Write write : writes) {
            Set<String> cids = new HashSet<>();
            Repo.Entry entry = account.repo.get(write.collection(), write.key());
            if (entry != null) {
                blobs(entry.value(), new ArrayList<>()).forEach(use -> cids.add(use.cid()));
            }
            account.blobs.setReferences(write.path(), cids);
            index(account, write, entry);
        }
        firehose.commit(change);
    }

    private void index(Account account, Repo.Write write, Repo.@Nullable Entry entry) {
        if (entry == null || !indexable(write, entry)) {
            appView.deleted(account.did, write.collection(), write.key());
        } else {
            appView.written(
                    account.did,
                    entry.collection(),
                    entry.key(),
                    entry.cid().toString(),
                    entry.value(),
                    entry.indexedAt(),
                    entry.order());
        }
    }

    /**
     * Returns whether the AppView indexes the record. It ignores unknown types, and records that weren't validated.
     */
    private static boolean indexable(Repo.Write write, Repo.Entry entry) {
        if ("valid".equals(write.validationStatus())) {
            return true;
        }
        try {
            return BundledRecords.validate(entry.collection(), entry.key(), entry.value());
        } catch (InvalidRecordException e) {
            return false;
        }
    }

    private static void checkBlobs(Account account, Repo.Write write) {
        if (write.value() == null) {
            return;
        }
        for (BlobUse use : blobs(write.value(), new ArrayList<>())) {
            Blobs.Blob blob = account.blobs.get(use.cid());
            if (blob == null) {
                throw XrpcError.badRequest("BlobNotFound", "Could not find blob: " + use.cid());
            }
            if (!blob.permanent && !blob.mimeType.equals(use.mimeType())) {
                throw XrpcError.badRequest(
                        "InvalidMimeType",
                        "Referenced Mimetype does not match stored blob. Expected: " + blob.mimeType + ", Got: "
                                + use.mimeType());
            }
            if (!blob.permanent && blob.content.length != use.size()) {
                throw XrpcError.badRequest(
                        "InvalidSize",
                        "Referenced Size does not match stored blob. Expected: " + blob.content.length + ", Got: "
                                + use.size());
            }
        }
    }

    private static List<BlobUse> blobs(LexValue value, List<BlobUse> found) {
        if (value instanceof LexArray array) {
            array.forEach(element -> blobs(element, found));
        } else if (value instanceof LexMap map) {
            String mimeType = map.getString("mimeType");
            Long size = map.getInteger("size");
            if ("blob".equals(map.type()) && map.get("ref") instanceof Cid ref && mimeType != null && size != null) {
                found.add(new BlobUse(ref.toString(), mimeType, size));
            } else {
                map.forEach((key, field) -> blobs(field, found));
            }
        }
        return found;
    }

    private static List<String> legacyBlobs(LexValue value, List<String> found) {
        if (value instanceof LexArray array) {
            array.forEach(element -> legacyBlobs(element, found));
        } else if (value instanceof LexMap map) {
            String cid = map.getString("cid");
            if (map.size() == 2 && cid != null && map.getString("mimeType") != null && Cid.isValid(cid)) {
                found.add(cid);
            }
            map.forEach((key, field) -> legacyBlobs(field, found));
        }
        return found;
    }

    private static LexValue canonical(LexValue value) {
        if (value instanceof LexArray array) {
            return LexArray.copyOf(array.stream().map(Records::canonical).toList());
        }
        if (value instanceof LexMap map) {
            LexMap.Builder builder = LexMap.builder();
            map.keySet().stream().sorted(CANONICAL).forEach(key -> {
                LexValue field = map.get(key);
                builder.put(key, field == null ? LexValue.ofNull() : canonical(field));
            });
            return builder.build();
        }
        return value;
    }

    /** Rejects floats, which the data model doesn't have. */
    static void rejectFloats(LexValue value, String path) {
        if (value instanceof LexFloat) {
            throw XrpcError.invalidRequest("Expected one of null, boolean, integer, string, cid, bytes, array or object"
                    + " value type (got " + value.toJson() + ") at " + path);
        }
        if (value instanceof LexArray array) {
            for (int i = 0; i < array.size(); i++) {
                rejectFloats(array.get(i), path + "[" + i + "]");
            }
        } else if (value instanceof LexMap map) {
            map.forEach((key, field) -> rejectFloats(field, path + "." + key));
        }
    }
}
