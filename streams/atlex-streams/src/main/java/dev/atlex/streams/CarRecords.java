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

    /** Why the file can't be parsed, or null. It must not be parsed again for each of 200 records. */
    private volatile @Nullable RepoException broken;

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
        RepoException failure = broken;
        if (failure != null) {
            throw failure;
        }
        Car parsed = car;
        if (parsed == null) {
            parsed = parse();
            car = parsed;
        }
        return parsed;
    }

    private Car parse() {
        try {
            return Car.parse(blocks.toByteArray());
        } catch (RepoException e) {
            broken = e;
            throw e;
        }
    }
}
