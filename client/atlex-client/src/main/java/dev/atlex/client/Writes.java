package dev.atlex.client;

import com.atproto.repo.ApplyWrites;
import dev.atlex.schema.Buildable;
import dev.atlex.schema.LexObject;
import dev.atlex.schema.ObjectBuilder;
import dev.atlex.schema.RecordType;
import dev.atlex.syntax.RecordKey;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Collects the writes of one {@link Client#applyWrites} call. Either all of them take effect, or none do. */
public final class Writes {
    private final List<ApplyWrites.Input.WritesItem> writes = new ArrayList<>();

    Writes() {}

    /**
     * Adds a create, under a key that the server chooses or the type's only key.
     *
     * @throws IllegalArgumentException if the type needs a key
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> Writes create(
            RecordType<T, B> type, Buildable<T, B> record) {
        return create(type, record, (RecordKey) null);
    }

    /** Like {@link #create(RecordType, Buildable)}, with the record that the function builds. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> Writes create(
            RecordType<T, B> type, Consumer<? super B> record) {
        return create(type, (LexObject) Records.build(type, record), null);
    }

    /**
     * Adds a create under a key.
     *
     * @param rkey the key, or null for the type's only key or one that the server chooses
     * @throws IllegalArgumentException if the key is invalid for the type, or missing but needed
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> Writes create(
            RecordType<T, B> type, Buildable<T, B> record, @Nullable RecordKey rkey) {
        return create(type, (LexObject) record, rkey);
    }

    private Writes create(RecordType<?, ?> type, LexObject record, @Nullable RecordKey rkey) {
        return add(ApplyWrites.Input.WritesItem.of(ApplyWrites.Create.builder()
                .collection(type.collection())
                .rkey(Records.keyOfNew(type, rkey))
                .value(record.toLexMap())
                .build()));
    }

    /** Adds a write that replaces the record of a type that has only one key. */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> Writes update(
            RecordType<T, B> type, Buildable<T, B> record) {
        return update(type, record, (RecordKey) null);
    }

    /**
     * Adds a write that replaces the record under a key.
     *
     * @param rkey the key, or null for the type's only key
     * @throws IllegalArgumentException if the key is invalid for the type, or missing but needed
     */
    public <T extends LexObject, B extends ObjectBuilder<T, B>> Writes update(
            RecordType<T, B> type, Buildable<T, B> record, @Nullable RecordKey rkey) {
        return add(ApplyWrites.Input.WritesItem.of(ApplyWrites.Update.builder()
                .collection(type.collection())
                .rkey(Records.keyOf(type, rkey))
                .value(((LexObject) record).toLexMap())
                .build()));
    }

    /** Adds a write that deletes the record of a type that has only one key. */
    public Writes delete(RecordType<?, ?> type) {
        return delete(type, null);
    }

    /**
     * Adds a write that deletes the record under a key.
     *
     * @param rkey the key, or null for the type's only key
     * @throws IllegalArgumentException if the key is invalid for the type, or missing but needed
     */
    public Writes delete(RecordType<?, ?> type, @Nullable RecordKey rkey) {
        return add(ApplyWrites.Input.WritesItem.of(ApplyWrites.Delete.builder()
                .collection(type.collection())
                .rkey(Records.keyOf(type, rkey))
                .build()));
    }

    /** Adds any other write. */
    public Writes add(ApplyWrites.Input.WritesItem write) {
        writes.add(write);
        return this;
    }

    List<ApplyWrites.Input.WritesItem> toList() {
        return List.copyOf(writes);
    }
}
