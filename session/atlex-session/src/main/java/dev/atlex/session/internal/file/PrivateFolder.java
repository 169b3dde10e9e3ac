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
 * Checks that no other user can have planted or changed the files in a folder.
 *
 * <p>On systems with owners and modes, these rules apply:
 *
 * <ul>
 *   <li>The folder and its files belong to this user or root.
 *   <li>Neither group nor others can write to the folder, or to files that the folder's mode lets them reach.
 *   <li>A link on the path to the folder belongs to this user or root, unless only its folder's owner could create it.
 *   <li>Links inside the folder aren't followed.
 * </ul>
 */
final class PrivateFolder {
    /** The maximum number of links on a path, the same as on Linux. */
    private static final int MAX_LINKS = 40;

    private static final int ROOT = 0;
    private static final int UNKNOWN = -1;

    private final Path path;

    /** Another user id under which this user's files appear here, because a network drive may map owners. */
    private volatile int mapped = UNKNOWN;

    /** The write bits of a file's mode that matter: those of the users who can enter the folder. */
    private volatile int reachable = FileStatus.WRITABLE_BY_OTHERS;

    private volatile boolean linksChecked;

    PrivateFolder(Path path) {
        this.path = path;
    }

    /** This user's id. It is determined once, because it doesn't change while the process runs. */
    private static final class Self {
        static final int UID = uid();

        private static int uid() {
            try {
                return FileStatus.of(Path.of("/proc/self")).uid();
            } catch (IOException | RuntimeException e) {
                // Not Linux: use the owner of a new file.
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
     * Checks the folder.
     *
     * @param status the status of the folder, with links followed
     * @throws SessionStoreException if others can write to it or control the path to it; the message contains the fix
     */
    void check(FileStatus status) throws IOException {
        if (status.type() != FileStatus.Type.FOLDER) {
            throw new SessionStoreException(path + " is " + status.type() + ", not a directory", null);
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
     * @param status the status of the file itself, with links not followed
     * @throws SessionStoreException if it belongs to a different user, or others can write to it
     */
    void requirePrivate(Path file, FileStatus status) {
        requirePrivate(file, status, reachable);
    }

    private void requirePrivate(Path file, FileStatus status, int bits) {
        if (!isOurs(status.uid())) {
            throw new SessionStoreException(
                    "refused " + file + ": it belongs to another user (uid " + status.uid()
                            + "). If it is yours, run: chown " + Self.UID + " " + file,
                    null);
        }
        if (status.isWritable(bits)) {
            throw new SessionStoreException(
                    "refused " + file + ": others can write to it (mode " + status.octal() + "). " + fix(file, status),
                    null);
        }
    }

    private String fix(Path file, FileStatus status) {
        if (status.type() != FileStatus.Type.FOLDER) {
            return "If its content is yours, run: chmod 600 " + file;
        } else if (!file.equals(path)) {
            return "Run: chmod 700 " + file;
        } else if (status.isSticky() || status.uid() != Self.UID) {
            return "Choose a folder inside it";
        }
        return "Choose a folder inside it, or run: chmod 700 " + file;
    }

    private boolean isOurs(int uid) {
        return uid == Self.UID
                || uid == ROOT
                || uid == UNKNOWN
                || Self.UID == UNKNOWN
                || uid == mapped
                || isMapped(uid);
    }

    /** Returns whether the drive maps this user to the id, by checking whether a new file in the folder gets it. */
    private boolean isMapped(int uid) {
        Path probe = null;
        try {
            probe = Files.createTempFile(path, ".probe", null);
            int ours = FileStatus.of(probe, LinkOption.NOFOLLOW_LINKS).uid();
            if (ours == uid) {
                mapped = ours;
            }
            return ours == uid;
        } catch (IOException e) {
            // This user could write to their own folder, so the folder belongs to a different user.
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
            // An empty file that is left behind does no harm.
        }
    }

    /** Checks each link on the path to the folder. */
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
                        "refused the path to " + path + ": " + next + " is a link of another user (uid " + status.uid()
                                + ") in a folder that others can write to",
                        null);
            }
            if (++links > MAX_LINKS) {
                throw new SessionStoreException(
                        "refused the path to " + path + ": more than " + MAX_LINKS + " links", null);
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

    /** Returns the reason for a failure. Some messages lack the reason, and only the exception's class shows it. */
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
