package dev.atlex.session.internal.file;

import dev.atlex.session.SessionStoreException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;
import org.jspecify.annotations.Nullable;

/**
 * Decides whether a folder and its files are this user's alone, so that nobody else can have prepared what is read there.
 *
 * <p>The rules, on systems with owners and modes: folder and files belong to this user or to root, and neither group nor
 * others may write to the folder, nor to files that the folder's mode lets them reach. A link on the way to the folder belongs to this user or to root, unless it is in a folder where
 * nobody else could have put it. Inside the folder no link is followed.
 */
final class PrivateFolder {
    /** As many as Linux follows. */
    private static final int MOST_LINKS = 40;

    private static final int ROOT = 0;
    private static final int UNKNOWN = -1;

    private final Path path;

    /** A foreign number under which files of this user show up here: a network drive may map its owners. */
    private volatile int mapped = UNKNOWN;

    /** A number that turned out to be somebody else's. */
    private volatile int foreign = UNKNOWN;

    /** The bits of a file's mode that let others write to it, as far as the folder lets them in. */
    private volatile int reachable = FileStatus.WRITABLE_BY_OTHERS;

    private volatile boolean linksChecked;

    PrivateFolder(Path path) {
        this.path = path;
    }

    /** This user's number. Found out once: nothing in the process changes it. */
    private static final class Self {
        static final int UID = uid();

        private static int uid() {
            try {
                return FileStatus.of(Path.of("/proc/self")).uid();
            } catch (IOException | RuntimeException e) {
                // No Linux: whose a new file is shows who one is.
            }
            try {
                Path probe = Files.createTempFile("atlex", null);
                try {
                    return FileStatus.of(probe).uid();
                } finally {
                    Files.deleteIfExists(probe);
                }
            } catch (IOException | RuntimeException e) {
                return UNKNOWN;
            }
        }
    }

    /**
     * Checks the folder, which is there.
     *
     * @param status the folder's own, links followed
     * @throws SessionStoreException if others may write to it or led to it; the message says how to fix it
     */
    void check(FileStatus status) throws IOException {
        if (status.type() != FileStatus.Type.FOLDER) {
            throw new SessionStoreException(path + " is " + status.type() + ", not a folder", null);
        }
        requirePrivate(path, status, FileStatus.WRITABLE_BY_OTHERS);
        reachable = status.writableInside();
        if (!linksChecked && FileStatus.HAS_OWNERS) {
            checkLinks();
            linksChecked = true;
        }
    }

    /**
     * Checks a file or folder inside the folder.
     *
     * @param status its own, links not followed
     * @throws SessionStoreException if it is another user's, or others may write to it
     */
    void requirePrivate(Path file, FileStatus status) {
        requirePrivate(file, status, reachable);
    }

    private void requirePrivate(Path file, FileStatus status, int bits) {
        if (!isOurs(status.uid())) {
            throw new SessionStoreException(
                    file + " belongs to another user (uid " + status.uid()
                            + "), and is not used; if it is yours, chown " + Self.UID + " makes it so again",
                    null);
        }
        if (status.isWritable(bits)) {
            throw new SessionStoreException(
                    "others may write to " + file + " (mode " + status.octal() + "), so it is not used: "
                            + fix(file, status),
                    null);
        }
    }

    private String fix(Path file, FileStatus status) {
        if (status.type() != FileStatus.Type.FOLDER) {
            return "chmod 600 " + file + " makes it yours alone, if what is in it is yours";
        } else if (!file.equals(path)) {
            return "chmod 700 " + file + " makes it yours alone";
        } else if (status.isSticky() || status.uid() != Self.UID) {
            return "choose a folder inside it";
        }
        return "chmod 700 " + file + " makes it yours alone, or choose a folder inside it";
    }

    private boolean isOurs(int uid) {
        return uid == Self.UID
                || uid == ROOT
                || uid == UNKNOWN
                || Self.UID == UNKNOWN
                || uid == mapped
                || isMapped(uid);
    }

    /** Whether a new file in the folder belongs to the same number, because the drive maps this user to it. */
    private boolean isMapped(int uid) {
        Path probe = null;
        try {
            probe = Files.createTempFile(path, ".probe", null);
            int ours = FileStatus.of(probe, LinkOption.NOFOLLOW_LINKS).uid();
            if (ours == uid) {
                mapped = ours;
            } else {
                foreign = uid;
            }
            return ours == uid;
        } catch (IOException e) {
            // A folder of this user's could be written to.
            return false;
        } finally {
            deleteQuietly(probe);
        }
    }

    private static void deleteQuietly(@Nullable Path probe) {
        try {
            if (probe != null) {
                Files.deleteIfExists(probe);
            }
        } catch (IOException e) {
            // It is empty, and in nobody's way.
        }
    }

    /** Goes the way to the folder link by link. */
    private void checkLinks() throws IOException {
        Path absolute = path.toAbsolutePath();
        Path at = absolute.getRoot();
        Deque<Path> rest = new ArrayDeque<>();
        absolute.forEach(rest::addLast);
        int links = 0;
        while (!rest.isEmpty()) {
            Path next = at.resolve(rest.removeFirst()).normalize();
            FileStatus status = FileStatus.of(next, LinkOption.NOFOLLOW_LINKS);
            if (status.type() != FileStatus.Type.LINK) {
                at = next;
                continue;
            }
            if (!isOurs(status.uid()) && FileStatus.of(at).isWritable(FileStatus.WRITABLE_BY_OTHERS)) {
                throw new SessionStoreException(
                        "the way to " + path + " leads over " + next + ", a link of another user (uid " + status.uid()
                                + ") in a folder that anybody may write to, and is not taken",
                        null);
            }
            if (++links > MOST_LINKS) {
                throw new SessionStoreException("the way to " + path + " leads over too many links", null);
            }
            Path target = Files.readSymbolicLink(next);
            Path[] names = names(target);
            for (int i = names.length - 1; i >= 0; i--) {
                rest.addFirst(names[i]);
            }
            Path root = target.getRoot();
            at = root == null ? at : root;
        }
    }

    private static Path[] names(Path target) {
        Path[] names = new Path[target.getNameCount()];
        for (int i = 0; i < names.length; i++) {
            names[i] = target.getName(i);
        }
        return names;
    }

    /** Returns what a failure means, as the class of an exception tells it and its message does not. */
    static String reason(IOException e) {
        if (e instanceof AccessDeniedException) {
            return "permission denied";
        } else if (e instanceof NoSuchFileException) {
            return "it does not exist";
        }
        String reason = e instanceof FileSystemException system ? system.getReason() : e.getMessage();
        return reason == null ? e.getClass().getSimpleName() : reason;
    }
}
