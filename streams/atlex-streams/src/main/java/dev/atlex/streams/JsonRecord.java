package dev.atlex.streams;

import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.ReadOptions;
import dev.atlex.schema.Codec;
import org.jspecify.annotations.Nullable;

/**
 * A record that an event contains as JSON. Its CID can't be checked, because it is the hash of the DAG-CBOR, not of the
 * JSON.
 */
record JsonRecord(@Nullable LexMap value) implements RecordOperation.RecordSource {
    @Override
    public <T> T read(@Nullable Cid cid, Codec<T> codec) {
        return codec.fromValue(read(cid), ReadOptions.LENIENT);
    }

    @Override
    public LexMap read(@Nullable Cid cid) {
        if (value == null) {
            throw new StreamException("read record: the event doesn't contain the record", null);
        }
        return value;
    }
}
