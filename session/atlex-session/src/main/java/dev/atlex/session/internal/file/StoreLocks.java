package dev.atlex.session.internal.file;

import dev.atlex.data.internal.Durations;
import dev.atlex.session.SessionStoreException;
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
 * Locks that exclude all other threads and processes. Each one consists of a file lock, which the system releases when
 * the process dies, and a semaphore for the threads of this process, which would otherwise share the file lock.
 *
 * <p>Lock files are never deleted. If one were, some processes would wait for the deleted file while others lock its
 * successor.
 *
 * <p>A file is open only while its lock is held or waited for, and only once in a process: on POSIX systems, closing
 * any descriptor of a file releases all locks that the process has on it. The file is a {@link RandomAccessFile}
 * because an interrupt would close a channel, and so release the lock in the middle of a guarded operation.
 */
public final class StoreLocks {
    private static final long MIN_PAUSE = TimeUnit.MILLISECONDS.toNanos(2);
    private static final long MAX_PAUSE = TimeUnit.MILLISECONDS.toNanos(50);

    /** The locks that are held or waited for. */
    private static final ConcurrentMap<Id, Slot> SLOTS = new ConcurrentHashMap<>();

    private StoreLocks() {}

    /**
     * Identifies a lock.
     *
     * @param folder an object that identifies the folder, regardless of the path by which it was reached
     */
    private record Id(Object folder, String name) {}

    private static final class Slot {
        final Semaphore free = new Semaphore(1, true);

        /** The number of threads that hold the lock or wait for it. Changed only inside {@code SLOTS.compute}. */
        int users;

        /**
         * The holder's file. This reference keeps it from being collected, and unlocked, if a caller forgets to release
         * the lock.
         */
        @Nullable
        RandomAccessFile file;
    }

    /** An acquired lock. Its file can store a number, which outlives the file that the lock guards. */
    public static final class Held implements AutoCloseable {
        private final Id id;
        private final Slot slot;
        private final Path path;
        private final RandomAccessFile file;
        private final AtomicBoolean open = new AtomicBoolean(true);

        private Held(Id id, Slot slot, Path path, RandomAccessFile file) {
            this.id = id;
            this.slot = slot;
            this.path = path;
            this.file = file;
        }

        /**
         * Returns the number that was written last, or 0 if there is none.
         *
         * @throws SessionStoreException if the lock's file can't be read
         */
        public long number() {
            byte[] digits = new byte[19];
            int length;
            try {
                file.seek(0);
                length = file.read(digits);
            } catch (IOException e) {
                throw new SessionStoreException("failed to read the lock " + path + ": " + PrivateFolder.reason(e), e);
            }
            long number = 0;
            for (byte digit : digits) {
                if (length < digits.length || digit < '0' || digit > '9') {
                    return 0;
                }
                number = number * 10 + (digit - '0');
            }
            // A number that no store writes is ignored, because an entry with a greater generation couldn't be read.
            return number < 0 || number > EntryFileFormat.MAX_GENERATION / 2 ? 0 : number;
        }

        /**
         * Writes a number to the lock's file.
         *
         * @throws SessionStoreException if the lock's file can't be written
         */
        public void number(long number) {
            byte[] digits = new byte[19];
            long rest = number;
            for (int i = digits.length - 1; i >= 0; i--, rest /= 10) {
                digits[i] = (byte) ('0' + rest % 10);
            }
            try {
                file.seek(0);
                file.write(digits);
            } catch (IOException e) {
                throw failedToWrite(e);
            }
        }

        /**
         * Flushes the number to the disk.
         *
         * @throws SessionStoreException if the lock's file can't be written
         */
        public void force() {
            try {
                file.getFD().sync();
            } catch (IOException e) {
                throw failedToWrite(e);
            }
        }

        private SessionStoreException failedToWrite(IOException e) {
            return new SessionStoreException("failed to write the lock " + path + ": " + PrivateFolder.reason(e), e);
        }

        /** Releases the lock. */
        @Override
        public void close() {
            if (open.compareAndSet(true, false)) {
                slot.file = null;
                closeQuietly(file);
                slot.free.release();
                leave(id, slot);
            }
        }
    }

    /**
     * Waits for a lock.
     *
     * @param folder the existing folder of lock files
     * @param check the function that creates the lock's file if it doesn't exist, and throws if it must not be opened
     * @param interruptible whether an interrupt ends the wait; if not, the thread's interrupt status is restored at the
     *     end
     * @return the lock, or null if another thread or process held it for {@code maxWait}
     * @throws InterruptedException if interrupted; in that case, the lock isn't held
     * @throws IOException if the file can't be opened or locked
     */
    public static @Nullable Held acquire(Path folder, String name, Duration maxWait, boolean interruptible, Check check)
            throws IOException, InterruptedException {
        long end = System.nanoTime() + nanos(maxWait);
        Id id = new Id(identity(folder), name);
        Slot slot = enter(id);
        RandomAccessFile file = null;
        boolean inside = false;
        boolean locked = false;
        boolean interrupted = false;
        try {
            while (!inside) {
                try {
                    inside = slot.free.tryAcquire(Math.max(0, end - System.nanoTime()), TimeUnit.NANOSECONDS);
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
            Path path = folder.resolve(name);
            file = open(path, check);
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
            slot.file = file;
            return new Held(id, slot, path, file);
        } finally {
            if (!locked) {
                closeQuietly(file);
                if (inside) {
                    slot.free.release();
                }
                leave(id, slot);
            }
            if (interrupted) {
                Thread.currentThread().interrupt();
            }
        }
    }

    /** Returns the number of locks that this process holds or waits for. */
    static int inUse() {
        return SLOTS.size();
    }

    private static long nanos(Duration wait) {
        return wait.isNegative() ? 0 : Durations.nanos(wait);
    }

    /** Returns the file system's key of a folder, if it has one. With the key, links, mounts and case don't matter. */
    private static Object identity(Path folder) throws IOException {
        Object key = Files.readAttributes(folder, BasicFileAttributes.class).fileKey();
        return key != null ? key : folder.toRealPath();
    }

    private static Slot enter(Id id) {
        return SLOTS.compute(id, (k, slot) -> {
            Slot entered = slot == null ? new Slot() : slot;
            entered.users++;
            return entered;
        });
    }

    private static void leave(Id id, Slot left) {
        SLOTS.compute(id, (k, slot) -> --left.users == 0 ? null : left);
    }

    /** Prepares a lock's file. */
    interface Check {
        void beforeOpen(Path file) throws IOException;
    }

    private static RandomAccessFile open(Path path, Check check) throws IOException {
        check.beforeOpen(path);
        return new RandomAccessFile(path.toFile(), "rw");
    }

    private static boolean tryLock(RandomAccessFile file) throws IOException {
        try {
            return file.getChannel().tryLock() != null;
        } catch (OverlappingFileLockException e) {
            // Locked by this class in another class loader.
            return false;
        }
    }

    private static void closeQuietly(@Nullable RandomAccessFile file) {
        try {
            if (file != null) {
                file.close();
            }
        } catch (IOException e) {
            // The descriptor is closed anyway, and its lock is released.
        }
    }
}
