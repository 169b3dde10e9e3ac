package dev.atlex.streams.internal.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.Lock;
import org.jspecify.annotations.Nullable;

/**
 * The events that no handler has taken yet, in one lane for each consumer. All events of an account are in the same
 * lane. The lock of the {@link EventQueue} guards this object.
 *
 * @param <E> the type of the events
 */
final class LaneQueues<E> {
    private final Lock lock;
    private List<Lane<E>> lanes;

    private record Lane<E>(ArrayDeque<Entry<E>> entries, Condition changed) {}

    /** Creates a single lane. */
    LaneQueues(Lock lock) {
        this.lock = lock;
        this.lanes = create(1);
    }

    private List<Lane<E>> create(int count) {
        List<Lane<E>> created = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            created.add(new Lane<>(new ArrayDeque<>(), lock.newCondition()));
        }
        return List.copyOf(created);
    }

    /** Distributes the entries over the given number of lanes. Must be called before the first {@link #await}. */
    void split(int count) {
        List<Lane<E>> before = lanes;
        lanes = create(count);
        before.forEach(lane -> lane.entries.forEach(this::add));
    }

    void add(Entry<E> entry) {
        int index = entry.lane == null ? 0 : Math.floorMod(entry.lane.hashCode(), lanes.size());
        Lane<E> lane = lanes.get(index);
        lane.entries.add(entry);
        lane.changed.signal();
    }

    /** Removes the next entry of a lane and returns it, or null if there is none. */
    @Nullable
    Entry<E> poll(int lane) {
        return lanes.get(lane).entries.poll();
    }

    /** Waits until a lane may have an entry, or {@link #wakeAll} is called. Wakes up spuriously. */
    void await(int lane) throws InterruptedException {
        lanes.get(lane).changed.await();
    }

    void wakeAll() {
        lanes.forEach(lane -> lane.changed.signalAll());
    }

    void clear() {
        lanes.forEach(lane -> lane.entries.clear());
    }
}
