package dev.atlex.streams;

import dev.atlex.data.Bytes;
import dev.atlex.data.Cid;
import dev.atlex.data.LexMap;
import dev.atlex.data.LexReader;
import dev.atlex.repo.Car;
import dev.atlex.repo.RepoException;
import dev.atlex.schema.Codec;
import dev.atlex.streams.internal.frame.CborValues;
import org.jspecify.annotations.Nullable;

/** The records in the CAR file of a commit. The file is parsed when the first record is read. */
final class CarRecords implements RecordOperation.RecordSource {
    private final Bytes blocks;
    private volatile @Nullable Car car;

    CarRecords(Bytes blocks) {
        this.blocks = blocks;
    }

    @Override
    public <T> T read(@Nullable Cid cid, Codec<T> codec) {
        return CborValues.read(block(cid), codec::read);
    }

    @Override
    public LexMap read(@Nullable Cid cid) {
        return CborValues.read(block(cid), LexReader::readMap);
    }

    private byte[] block(@Nullable Cid cid) {
        try {
            byte[] block = cid == null || blocks.size() == 0 ? null : car().get(cid);
            if (block == null) {
                throw new StreamException("read record: the event doesn't contain the block " + cid, null);
            }
            return block;
        } catch (RepoException e) {
            throw new StreamException("read record: " + e.getMessage(), e);
        }
    }

    private Car car() {
        Car parsed = car;
        if (parsed == null) {
            parsed = Car.parse(blocks.toByteArray());
            car = parsed;
        }
        return parsed;
    }
}
