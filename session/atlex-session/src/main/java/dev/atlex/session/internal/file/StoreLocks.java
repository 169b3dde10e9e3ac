package dev.atlex.session.internal.file;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.channels.OverlappingFileLockException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.BasicFileAttributes;
import java.time.Duration;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/**
 * Locks that one thread of all processes has: a file's lock, which the system takes back when its process dies, behind a
 * gate for the threads of this one, which share file locks.
 *
 * <p>Lock files are never deleted. Who deletes one lets others lock the next of that name while some still wait for the
 * first.
 *
 * <p>A file is open only while its lock is held or waited for, and only once in a process: on POSIX systems, closing any
 * descriptor of a file gives back all locks that the process has on it. {@link RandomAccessFile} is used because an
 * interrupt closes a channel, and the lock with it, in the midst of what it guards.
 */
public final class StoreLocks {
    private static final long MIN_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long MAX_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    /** Only those that are held or waited for. */
    private static final ConcurrentMap<Id, Gate> GATES = new ConcurrentHashMap<>();

    private StoreLocks() {}

    /**
     * Which lock.
     *
     * @param folder what tells the folder from others, by whatever path it was reached
     */
    private record Id(Object folder, String name) {}

    private static final class Gate {
        final Semaphore free = new Semaphore(1, true);

        /** Who holds it or waits for it. Changed in the map only. */
        int users;

        /** The file of the holder. Referred to from here, it is not collected when a caller forgets to close. */
        @Nullable
        RandomAccessFile file;
    }

    /** A lock that is held. */
    public static final class Held implements AutoCloseable {
        private final Id id;
        private final Gate gate;
        private final RandomAccessFile file;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Held(Id id, Gate gate, RandomAccessFile file) {
            this.id = id;
            this.gate = gate;
            this.file = file;
        }

        /** The number that was written last, or 0. */
        public long number() throws IOException {
            byte[] digits = new byte[19];
            file.seek(0);
            int length = file.read(digits);
            long number = 0;
            for (byte digit : digits) {
                if (length < digits.length || digit < '0' || digit > '9') {
                    return 0;
                }
                number = number * 10 + (digit - '0');
            }
            // What nobody has written here is no number: an entry with a greater one could not be read.
            return number < 0 || number > EntryFileFormat.GREATEST / 2 ? 0 : number;
        }

        /** Writes a number into the lock's file, where it outlives what the lock guards. */
        public void number(long number) throws IOException {
            byte[] digits = new byte[19];
            long rest = number;
            for (int i = digits.length - 1; i >= 0; i--, rest /= 10) {
                digits[i] = (byte) ('0' + rest % 10);
            }
            file.seek(0);
            file.write(digits);
        }

        /** Brings the number to the disk. */
        public void force() throws IOException {
            file.getFD().sync();
        }

        /** Gives the lock back. */
        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                gate.file = null;
                shut(file);
                gate.free.release();
                leave(id, gate);
            }
        }
    }

    /**
     * Waits for a lock.
     *
     * @param folder the folder of lock files; there already
     * @param check makes the lock's file if it is not there, and throws if it must not be opened
     * @param interruptible whether an interrupt ends the waiting; if not, the thread's flag is set again at the end
     * @return the lock, or null if another has it still
     * @throws InterruptedException if interrupted; nothing is held then
     * @throws IOException if the file can't be opened or locked
     */
    public static @Nullable Held acquire(
            Path folder, String name, Duration patience, boolean interruptible, Check check)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + nanos(patience);
        Id id = new Id(identity(folder), name);
        Gate gate = enter(id);
        RandomAccessFile file = null;
        boolean inside = false;
        boolean locked = false;
        boolean interrupted = false;
        try {
            while (!inside) {
                try {
                    inside = gate.free.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
                    if (!inside) {
                        return null;
                    }
                } catch (InterruptedException e) {
                    if (interruptible) {
                        throw e;
                    }
                    interrupted = true;
                }
            }
            file = open(folder.resolve(name), check);
            long pause = MIN_PAUSE;
            while (!(locked = tryLock(file))) {
                long left = end - System.nanoTime();
                if (left <= 0) {
                    return null;
                }
                LockSupport.parkNanos(Math.min(left, ThreadLocalRandom.current().nextLong(pause / 2, pause + 1)));
                pause = Math.min(2 * pause, MAX_PAUSE);
                if (Thread.interrupted()) {
                    if (interruptible) {
                        throw new InterruptedException();
                    }
                    interrupted = true;
                }
            }
            gate.file = file;
            return new Held(id, gate, file);
        } finally {
            if (!locked) {
                shut(file);
                if (inside) {
                    gate.free.release();
                }
                leave(id, gate);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** How many locks of this process are held or waited for. */
    static int inUse() {
        return GATES.size();
    }

    private static long nanos(Duration patience) {
        // A nanoTime further off than this would overflow.
        Duration most = Duration.ofDays(36_500);
        return patience.isNegative() ? 0 : patience.compareTo(most) > 0 ? most.toNanos() : patience.toNanos();
    }

    /** The file system's own key where there is one: links, mounts and case lead to the same. */
    private static Object identity(Path folder) throws IOException {
        Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        return key != null ? key : folder.toRealPath();
    }

    private static Gate enter(Id id) {
        return GATES.compute(id, (k, gate) -> {
            Gate entered = gate == null ? new Gate() : gate;
            entered.users++;
            return entered;
        });
    }

    private static void leave(Id id, Gate left) {
        GATES.compute(id, (k, gate) -> --left.users == 0 ? null : left);
    }

    /** What is done before a lock's file is opened. */
    interface Check {
        void before(Path file) throws IOException;
    }

    private static RandomAccessFile open(Path path, Check check) throws IOException {
        check.before(path);
        return new RandomAccessFile(path.toFile(), "rw");
    }

    private static boolean tryLock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // By this class in another class loader.
            return false;
        }
    }

    private static void shut(@Nullable RandomAccessFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // The descriptor is gone, and its lock with it.
        }
    }
}
